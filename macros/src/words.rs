//! The words of the attributes: a table for each set of keys, options and values, as the enum that code matches on.
//!
//! The tables of all derives are here, so that each derive can tell where a key of another one belongs. Invariant: these
//! are the only lists of keys. A word that is added does not compile until every `match` on its enum handles it.

/// Declares enums together with the words by which attributes name their variants, some with an example of their use.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal $(=> $example:literal)?,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum $name {
            $($variant,)*
        }

        #[allow(dead_code, reason = "most enums need only some of these")]
        impl $name {
            pub(crate) const ALL: &[(&str, Self)] = &[$(($word, Self::$variant),)*];

            const EXAMPLES: &[(&str, &str)] = &[$($(($word, $example),)?)*];

            pub(crate) fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The name of the variant, which is also the name of its counterpart in the runtime.
            pub(crate) fn ident(self) -> proc_macro2::Ident {
                let name = match self {
                    $(Self::$variant => stringify!($variant),)*
                };
                proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
            }
        }
    )*};
}
pub(crate) use words;

words! {
    /// The keys of a request struct.
    StructKey {
        Method = "method" => "method = GET",
        Path = "path" => "path = \"/keys/{id}\"",
        In = "in" => "in = Group",
        Response = "response" => "response = Keys",
        Events = "events" => "events = Delta",
        Error = "error" => "error = ApiFailure",
        Fields = "fields" => "fields = query",
        RenameAll = "rename_all" => "rename_all = \"camelCase\"",
        Header = "header" => "header(\"X-Version\" = \"2\")",
        Query = "query" => "query(\"beta\" = \"true\")",
        Auth = "auth" => "auth = required",
        Paginate = "paginate" => "paginate(link)",
        Idempotent = "idempotent" => "idempotent",
        IdempotencyKey = "idempotency_key" => "idempotency_key = \"Idempotency-Key\"",
        Validate = "validate" => "validate = path::to::function",
        Name = "name" => "name = \"listKeys\"",
        Meta = "meta" => "meta = Cost(3)",
        Crate = "crate" => "crate = ::path::to::api_request",
    }

    /// The keys of a field: its location.
    Location {
        Path = "path", Url = "url", Query = "query", Header = "header", Cookie = "cookie",
        Json = "json", Form = "form", Part = "part", Body = "body", Skip = "skip",
    }

    /// The options of a field.
    FieldOption {
        Name = "name", Style = "style" => "style = form", Explode = "explode", Flatten = "flatten",
        Json = "json", Flag = "flag", AllowEmpty = "allow_empty", Segments = "segments", Encode = "encode", Null = "null", Filename = "filename",
        ContentType = "content_type",
        Secret = "secret",
    }

    /// The kinds of `response(…)`.
    ResponseKind {
        Json = "json", Text = "text", Bytes = "bytes", Stream = "stream", Lines = "lines", Empty = "empty",
        With = "with",
    }

    /// The kinds of `error(…)`.
    ErrorKind { With = "with", }

    /// The options of `events(…)`.
    EventsOption {
        Item = "item" => "item = Delta",
        Flag = "flag" => "flag = \"stream\"",
        Done = "done" => "done = \"[DONE]\"",
        Only = "only" => "only = \"message\"",
        Ignore = "ignore" => "ignore = \"ping\"",
        Resume = "resume" => "resume",
    }

    /// The options of `paginate(…)`.
    PaginateOption {
        Offset = "offset" => "offset = offset",
        Limit = "limit" => "limit = limit",
        Page = "page" => "page = page",
        Cursor = "cursor" => "cursor = after",
        Next = "next" => "next = meta.next_cursor",
        Link = "link" => "link",
        NextUrl = "next_url" => "next_url = next",
        More = "more" => "more = has_more",
        Total = "total" => "total = total",
        Pages = "pages" => "pages = total_pages",
        Short = "short" => "short",
        Missing = "missing" => "missing",
        Items = "items" => "items = data",
        Item = "item" => "item = Key",
    }

    /// The keys of an error enum.
    EnumKey {
        Envelope = "envelope" => "envelope = \"error\"",
        Message = "message" => "message = errors[0].text",
        Crate = "crate" => "crate = ::path::to::api_request",
    }

    /// The options of `envelope(…)`.
    EnvelopeOption { Unless = "unless" => "unless = \"ok\"", }

    /// The keys of a variant of an error enum.
    VariantKey {
        Status = "status" => "status = 404",
        Other = "other" => "other",
    }

    /// The keys of an open enum.
    OpenEnumKey {
        RenameAll = "rename_all" => "rename_all = \"snake_case\"",
        Crate = "crate" => "crate = ::path::to::api_request",
    }

    /// The keys of a variant of an open enum.
    OpenVariantKey {
        Name = "name" => "name = \"…\"",
        Other = "other" => "other",
    }

    /// The keys of `#[serde(…)]` on a field: first those that change what is sent, then one that cannot be honored, then
    /// those that matter to reading only.
    SerdeKey {
        Rename = "rename", SkipSerializingIf = "skip_serializing_if", SerializeWith = "serialize_with",
        With = "with", Flatten = "flatten", Skip = "skip", SkipSerializing = "skip_serializing",
        Getter = "getter",
        Default = "default", Alias = "alias", DeserializeWith = "deserialize_with",
        SkipDeserializing = "skip_deserializing", Borrow = "borrow", Bound = "bound", Crate = "crate",
        DenyUnknownFields = "deny_unknown_fields",
    }

    /// The keys of `#[serde(…)]` on a request struct, in the same order; `rename` there is the name of the type.
    SerdeStructKey {
        RenameAll = "rename_all",
        Tag = "tag", Content = "content", Untagged = "untagged", Transparent = "transparent",
        Into = "into", Remote = "remote",
        Rename = "rename", Default = "default", Bound = "bound", Crate = "crate",
        DenyUnknownFields = "deny_unknown_fields", From = "from", TryFrom = "try_from",
        Expecting = "expecting",
    }

    /// The formats of a whole body.
    BodyFormat {
        Json = "json", Form = "form", Text = "text", Bytes = "bytes", Stream = "stream", Lines = "lines",
        With = "with",
    }

    /// The formats of a body that has members.
    MemberFormat { Json = "json", Form = "form", Part = "part", }

    /// How a list, a struct or a map is written.
    Style { Form = "form", Space = "space", Pipe = "pipe", Deep = "deep", Brackets = "brackets", Dots = "dots", }

    /// Whether the client's credentials are sent; another word is the name of credentials.
    Auth { Required = "required", Optional = "optional", None = "none", }

    /// One of serde's rules for renaming fields, which are in snake case, and variants, which are in Pascal case.
    RenameRule {
        Lower = "lowercase", Upper = "UPPERCASE", Pascal = "PascalCase", Camel = "camelCase",
        Snake = "snake_case", ScreamingSnake = "SCREAMING_SNAKE_CASE", Kebab = "kebab-case",
        ScreamingKebab = "SCREAMING-KEBAB-CASE",
    }
}

impl Style {
    /// Whether lists, structs and maps are exploded, where the style leaves no choice.
    pub(crate) fn explodes(self) -> Option<bool> {
        match self {
            Self::Form => None,
            Self::Space | Self::Pipe => Some(false),
            Self::Deep | Self::Brackets | Self::Dots => Some(true),
        }
    }
}

impl SerdeStructKey {
    /// What to write instead of a key that would change what is sent, and cannot be honored.
    pub(crate) fn instead(self) -> Option<&'static str> {
        match self {
            Self::Tag | Self::Content => {
                Some("declare the member as a field, as in `#[api(json = \"type\")]`")
            }
            Self::Untagged => Some("leave it out: a request is a struct, which has no tag"),
            Self::Transparent => Some("write `#[api(body)]` on the field that is the whole body"),
            Self::Into => {
                Some("write `#[api(body)]` on a field of the type that the request turns into")
            }
            Self::Remote => Some("derive `ApiRequest` for a struct of your own"),
            _ => None,
        }
    }

    /// What to write instead of a key that would change how a response is decoded, and cannot be honored.
    pub(crate) fn instead_on_response(self) -> Option<&'static str> {
        Some(match self {
            Self::Tag | Self::Content | Self::Untagged => {
                "write `#[api(body)]` on a field whose type is an enum with this attribute"
            }
            Self::Transparent => "write `#[api(body)]` on the field that is the whole body",
            Self::From | Self::TryFrom => {
                "write `#[api(body)]` on a field of the type that the response is made from"
            }
            Self::Remote => "derive `ApiResponse` for a type of your own",
            Self::Default => "write `#[serde(default)]` on each field that may be missing",
            Self::DenyUnknownFields => {
                "write `#[api(body)]` on a field whose type is a struct with this attribute"
            }
            _ => return None,
        })
    }
}

/// What a struct declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Request,
    Group,
}

impl Owner {
    /// The keys of the struct.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'static str> + Clone {
        let keys = StructKey::ALL.iter();
        let keys = keys.filter(move |(_, key)| self == Self::Request || key.is_of_group());
        keys.map(|(word, _)| *word)
    }
}

impl StructKey {
    /// Whether a group has the key.
    pub(crate) fn is_of_group(self) -> bool {
        use StructKey::{Auth, Crate, Error, Fields, Header, Path, Query, RenameAll};

        matches!(
            self,
            Path | Error | Fields | RenameAll | Header | Query | Auth | Crate
        )
    }

    /// What belongs to the client or a call, by names that one may look for, and how it is set there.
    const OF_CLIENT: &[(&str, &str)] = {
        const RETRY: &str = "`ClientBuilder::retry` or `Call::retry`, and `#[api(idempotent)]` declares that the request may be retried";
        const BASE: &str = "`Client::new(\"https://api.example.com\")` or `Call::base_url`";
        const TIMEOUT: &str = "`ClientBuilder::timeout` or `Call::timeout`";
        const CREDENTIALS: &str = "`ClientBuilder::bearer`, `basic`, `api_key_header` or `credentials`, and `#[api(auth = required)]` declares that they are needed";
        &[
            ("timeout", TIMEOUT),
            ("read_timeout", "`ClientBuilder::read_timeout`"),
            ("connect_timeout", "`ClientBuilder::connect_timeout`"),
            ("base_url", BASE),
            ("base", BASE),
            ("host", BASE),
            ("server", BASE),
            ("retry", RETRY),
            ("retries", RETRY),
            ("max_retries", RETRY),
            (
                "headers",
                "`ClientBuilder::header` or `Call::header`, and `#[api(header(\"X-Version\" = \"2\"))]` declares a constant",
            ),
            ("user_agent", "`ClientBuilder::user_agent`"),
            ("limits", "`ClientBuilder::limits`"),
            ("bearer", CREDENTIALS),
            ("basic", CREDENTIALS),
            ("token", CREDENTIALS),
            ("api_key", CREDENTIALS),
            ("credentials", CREDENTIALS),
        ]
    };
}

impl Location {
    /// What `fields = …` may be.
    pub(crate) const DEFAULTS: &[(&str, Self)] = &[
        ("query", Self::Query),
        ("header", Self::Header),
        ("cookie", Self::Cookie),
        ("json", Self::Json),
        ("form", Self::Form),
        ("part", Self::Part),
    ];

    /// Whether a group may have a field there: one that is not in a body.
    pub(crate) fn is_of_group(self) -> bool {
        use Location::{Cookie, Header, Path, Query, Skip};

        matches!(self, Path | Query | Header | Cookie | Skip)
    }

    /// The members of a body, which are all of one kind.
    pub(crate) const MEMBERS: &[Self] = &[Self::Json, Self::Form, Self::Part];

    /// What a field there is called in a sentence.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Path => "placeholder",
            Self::Url => "URL",
            Self::Query => "query parameter",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Json => "JSON member",
            Self::Form => "form member",
            Self::Part => "part",
            Self::Body => "body",
            Self::Skip => "skipped field",
        }
    }
}

impl FieldOption {
    /// The locations that have the option.
    pub(crate) fn locations(self) -> &'static [Location] {
        use Location::{Body, Cookie, Form, Header, Json, Part, Path, Query, Url};
        match self {
            Self::Name => &[Path, Query, Header, Cookie, Json, Form, Part],
            Self::Style => &[Query, Form],
            Self::Explode => &[Path, Query, Header, Form],
            Self::Flatten | Self::Json => &[Query, Header, Form],
            Self::Flag => &[Query],
            Self::AllowEmpty | Self::Segments => &[Path],
            Self::Encode => &[Cookie],
            Self::Null => &[Json],
            Self::Filename => &[Part],
            Self::ContentType => &[Part, Body],
            Self::Secret => &[Path, Url, Query, Header, Cookie, Json, Form, Part, Body],
        }
    }
}

/// The value that a table has for a word.
pub(crate) fn lookup<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let entry = table.iter().find(|(key, _)| *key == word);
    entry.map(|(_, value)| *value)
}

/// How the client sets what `word` stands for.
pub(crate) fn of_client(word: &str) -> Option<&'static str> {
    lookup(StructKey::OF_CLIENT, word)
}

/// The words of a table.
pub(crate) fn words_of<T>(
    table: &[(&'static str, T)],
) -> impl Iterator<Item = &'static str> + Clone {
    table.iter().map(|(word, _)| *word)
}

/// How a key is written with a value.
pub(crate) fn example(word: &str) -> String {
    let tables = [
        StructKey::EXAMPLES,
        FieldOption::EXAMPLES,
        EventsOption::EXAMPLES,
        PaginateOption::EXAMPLES,
        EnumKey::EXAMPLES,
        EnvelopeOption::EXAMPLES,
        VariantKey::EXAMPLES,
    ];
    match tables.iter().find_map(|table| lookup(table, word)) {
        Some(example) => example.to_owned(),
        None => format!("{word} = \"…\""),
    }
}

/// Whether the word is a key of a field of a request.
pub(crate) fn is_field_key(word: &str) -> bool {
    lookup(Location::ALL, word).is_some() || lookup(FieldOption::ALL, word).is_some()
}

/// Whether the word is a key of a request or of one of its fields.
pub(crate) fn is_request_key(word: &str) -> bool {
    lookup(StructKey::ALL, word).is_some() || is_field_key(word)
}

/// Whether the word is a key of an error or of one of its variants.
pub(crate) fn is_error_key(word: &str) -> bool {
    lookup(EnumKey::ALL, word).is_some() || lookup(VariantKey::ALL, word).is_some()
}
