//! What others call a key, an option or a value, and what to write here instead.
//!
//! The words are those of `OpenAPI`, of serde and of other libraries. They are not keys: `words` has the only lists of keys.

use crate::words::lookup;

/// What to write instead of a key of a struct that does not exist; it continues a sentence.
pub(crate) fn struct_key(word: &str) -> Option<String> {
    let method = word.to_ascii_uppercase();
    if METHODS.contains(&method.as_str()) {
        return Some(format!(", write `method = {method}, path = \"/…\"`"));
    }
    lookup(STRUCT_KEYS, word).map(str::to_owned)
}

/// What to write instead of a key or an option of a field that does not exist; it continues a sentence.
pub(crate) fn field_key(word: &str) -> Option<String> {
    if SERDE_WORDS.contains(&word) {
        return Some(format!(", write `#[serde({word} = \"…\")]`"));
    }
    lookup(FIELD_KEYS, word).map(str::to_owned)
}

/// What to write instead of an option that its owner, as in ``of `paginate` ``, does not have; it continues a sentence.
pub(crate) fn option(owner: &str, word: &str) -> Option<&'static str> {
    let table = match owner {
        "of `paginate`" => PAGINATE,
        "of `response`" => RESPONSES,
        "on a variant" => VARIANTS,
        "of a response body" => RESPONSE_BODIES,
        _ => return None,
    };
    lookup(table, word)
}

/// How `key = word` is written, where the key has no value of that name.
pub(crate) fn value(key: &str, word: &str) -> Option<&'static str> {
    let table = match key {
        "style" => STYLES,
        "body" => BODIES,
        "fields" => FIELDS,
        "auth" => AUTHS,
        _ => return None,
    };
    lookup(table, word)
}

/// The keys that a word stands for, so that they are not reported as missing.
pub(crate) fn stands_for(word: &str) -> &'static [&'static str] {
    match lookup(STRUCT_KEYS, word) {
        Some(PATH) => &["path"],
        None if METHODS.contains(&word.to_ascii_uppercase().as_str()) => &["method", "path"],
        _ => &[],
    }
}

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

const PATH: &str = ", write `path = \"/keys/{id}\"`";
const RESPONSE: &str = ", write `response = T`";
const DOCS: &str = ": the documentation of an operation is the doc comment of its struct";

const STRUCT_KEYS: &[(&str, &str)] = &[
    ("url", PATH),
    ("uri", PATH),
    ("endpoint", PATH),
    ("route", PATH),
    ("returns", RESPONSE),
    ("output", RESPONSE),
    ("result", RESPONSE),
    ("operation_id", ", write `name = \"listKeys\"`"),
    ("operationId", ", write `name = \"listKeys\"`"),
    ("summary", DOCS),
    ("description", DOCS),
    ("group", ", write `in = Group`"),
    ("tenant", ", write `in = Group`"),
    ("parent", ", write `in = Group`"),
    (
        "security",
        ", write `auth = required`, or the name of credentials, as in `auth = management`",
    ),
    ("accept", ", write `header(\"Accept\" = \"text/csv\")`"),
];

/// Words of serde that mean the same on a field of a request.
const SERDE_WORDS: [&str; 3] = ["skip_serializing_if", "serialize_with", "with"];

const LOCATION: &str = ": write the location itself, as in `#[api(query)]`";
const REQUIRED: &str = ": what may be left out is an `Option`, anything else is required";
const SEGMENTS: &str = ": values are percent-encoded, `path(segments)` keeps the slashes of a path";
const LISTS: &str =
    ": a list is sent by `style = space` or `style = pipe`, or with commas by `explode = false`";
const SECRET: &str = ", write `secret`";
const CREDENTIALS: &str = ": credentials are the client's, as in `ClientBuilder::bearer`, or a field with `#[api(header = \"Authorization\")]`";

const FIELD_KEYS: &[(&str, &str)] = &[
    ("in", LOCATION),
    ("location", LOCATION),
    ("required", REQUIRED),
    ("optional", REQUIRED),
    (
        "default",
        ": a request sends what its fields hold, whose `Default` may be derived",
    ),
    ("allow_reserved", SEGMENTS),
    ("allowReserved", SEGMENTS),
    ("wildcard", SEGMENTS),
    ("greedy", SEGMENTS),
    ("catch_all", SEGMENTS),
    ("rest", SEGMENTS),
    ("delimiter", LISTS),
    ("separator", LISTS),
    ("collection_format", LISTS),
    ("collectionFormat", LISTS),
    ("group", ", write `flatten`"),
    ("param", ", write `query`"),
    ("params", ", write `query`"),
    ("querystring", ", write `query`"),
    ("data", ", write `body`"),
    ("payload", ", write `body`"),
    ("urlencoded", ", write `form`"),
    ("multipart", ", write `part`"),
    ("file", ", write `part`"),
    (
        "allow_empty_value",
        ", write `query(flag)` for a name without a value",
    ),
    (
        "allowEmptyValue",
        ", write `query(flag)` for a name without a value",
    ),
    ("nullable", ", write `json(null)`"),
    (
        "status",
        ": the status belongs to the response, whose type may derive `ApiResponse`",
    ),
    ("sensitive", SECRET),
    ("redact", SECRET),
    ("password", SECRET),
    ("bearer", CREDENTIALS),
    ("token", CREDENTIALS),
    ("api_key", CREDENTIALS),
];

const STYLES: &[(&str, &str)] = &[
    ("comma", "explode = false"),
    ("csv", "explode = false"),
    ("simple", "explode = false"),
    ("multi", "style = form"),
    ("repeat", "style = form"),
    ("ssv", "style = space"),
    ("spaceDelimited", "style = space"),
    ("space_delimited", "style = space"),
    ("pipes", "style = pipe"),
    ("pipeDelimited", "style = pipe"),
    ("pipe_delimited", "style = pipe"),
    ("deepObject", "style = deep"),
    ("deep_object", "style = deep"),
    ("bracket", "style = brackets"),
    ("dot", "style = dots"),
    ("dotted", "style = dots"),
];

const BODIES: &[(&str, &str)] = &[
    ("xml", "body(text, content_type = \"application/xml\")"),
    ("string", "body = text"),
    ("ndjson", "body = lines"),
    ("jsonl", "body = lines"),
    ("json_lines", "body = lines"),
    ("raw", "body = bytes"),
    ("binary", "body = bytes"),
    ("file", "body = stream"),
    ("urlencoded", "body = form"),
    ("multipart", "fields = part"),
];

const FIELDS: &[(&str, &str)] = &[
    ("body", "fields = json"),
    ("multipart", "fields = part"),
    ("urlencoded", "fields = form"),
    ("params", "fields = query"),
    ("headers", "fields = header"),
];

const AUTH_REQUIRED: &str = "auth = required";
const AUTH_NONE: &str = "auth = none";

const AUTHS: &[(&str, &str)] = &[
    ("always", AUTH_REQUIRED),
    ("mandatory", AUTH_REQUIRED),
    ("true", AUTH_REQUIRED),
    ("yes", AUTH_REQUIRED),
    ("anonymous", AUTH_NONE),
    ("false", AUTH_NONE),
    ("never", AUTH_NONE),
    ("no", AUTH_NONE),
    ("off", AUTH_NONE),
];

const PAGINATE: &[(&str, &str)] = &[
    ("has_more", ", write `more = has_more`"),
    ("has_next", ", write `more = has_next`"),
    ("per_page", ", write `limit = per_page`"),
    ("page_size", ", write `limit = page_size`"),
    ("token", ", write `cursor = token`"),
    ("page_token", ", write `cursor = page_token`"),
    ("next_token", ", write `next = next_token`"),
    ("next_cursor", ", write `next = next_cursor`"),
];

const CUSTOM: &str = ", write `response(with = F)` for a format of your own";

const RESPONSES: &[(&str, &str)] = &[
    ("xml", CUSTOM),
    ("csv", CUSTOM),
    ("html", ", write `response(text)`"),
    ("string", ", write `response(text)`"),
    ("file", ", write `response(stream)`"),
    ("ndjson", ", write `response(lines = T)`"),
    ("events", ", write `events = T`"),
    ("sse", ", write `events = T`"),
];

const CUSTOM_BODY: &str = ", write `body(with = F)` for a format of your own";

const RESPONSE_BODIES: &[(&str, &str)] = &[
    ("xml", CUSTOM_BODY),
    ("csv", CUSTOM_BODY),
    ("form", CUSTOM_BODY),
    ("multipart", CUSTOM_BODY),
    ("html", ", write `body = text`"),
    ("string", ", write `body = text`"),
    ("raw", ", write `body = bytes`"),
    ("binary", ", write `body = bytes`"),
    ("file", ", write `body = stream`"),
    ("ndjson", ", write `body = lines`"),
    ("jsonl", ", write `body = lines`"),
    (
        "events",
        ": events are declared on the request, with `events = T`",
    ),
    (
        "sse",
        ": events are declared on the request, with `events = T`",
    ),
    (
        "empty",
        ": leave out the field, a body that nothing asks for is not read",
    ),
];

/// What to write instead of a key or an option of a field of a response that does not exist; it continues a sentence.
pub(crate) fn response_key(word: &str) -> Option<&'static str> {
    lookup(RESPONSE_KEYS, word)
}

const BODY: &str = ", write `body`";
const DEFAULT: &str = ", write `#[serde(default)]`";
const MAY_BE_ABSENT: &str = ": what may be absent is an `Option`, anything else is required";
const SECRET_OR_TYPE: &str = ", write `header(secret)`, or `Secret<T>` as the type";
const STATUS: &str = ", write `status`";

const RESPONSE_KEYS: &[(&str, &str)] = &[
    (
        "cookie",
        ": a response has its cookies in the header `Set-Cookie`, write `header = \"Set-Cookie\"`",
    ),
    (
        "headers",
        ", write `header(flatten)` for a map of all headers",
    ),
    ("trailer", ": trailers are not decoded"),
    ("code", STATUS),
    ("status_code", STATUS),
    ("data", BODY),
    ("payload", BODY),
    ("content", BODY),
    ("member", ", write `json`"),
    ("default", DEFAULT),
    ("required", MAY_BE_ABSENT),
    ("optional", MAY_BE_ABSENT),
    ("nullable", MAY_BE_ABSENT),
    ("sensitive", SECRET_OR_TYPE),
    ("redact", SECRET_OR_TYPE),
    ("alias", ", write `#[serde(alias = \"…\")]`"),
    ("rename", ", write `#[serde(rename = \"…\")]`"),
    (
        "deserialize_with",
        ", write `#[serde(deserialize_with = \"…\")]`",
    ),
    ("explode", ": a list is cut at commas"),
    ("style", ": a list is cut at commas"),
];

const VARIANTS: &[(&str, &str)] = &[("default", ", write `other`")];
