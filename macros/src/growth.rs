//! Declarations of any size, right and wrong, for `benches/derive.sh`, which counts what it takes to expand them.

use std::env::var;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{api_error, api_group, api_response, from_http, open_enum, request};

type Derive = fn(&DeriveInput) -> TokenStream;

/// Each kind of declaration: its name, its derive, and a template. What is in `«…»` is repeated, with `$` for the number.
#[rustfmt::skip]
const KINDS: &[(&str, Derive, &str)] = &[
    ("query", request::derive, "#[api(method = GET, path = \"/\", fields = query)] struct R { «a$: Option<String>,» }"),
    ("path", request::derive, "#[api(method = GET, path = \"«/{a$}»\")] struct R { «a$: u8,» }"),
    ("headers", request::derive, "#[api(method = GET, path = \"/\", fields = header, header(«\"X-$\" = \"$\",»))] struct R { «a$: u8,» }"),
    ("json", request::derive, "#[api(method = POST, path = \"/\", fields = json)] struct R { «#[serde(skip_serializing_if = \"Option::is_none\")] a$: Option<T$>,» }"),
    ("parts", request::derive, "#[api(method = POST, path = \"/\", fields = part)] struct R { «#[api(name = \"a$[{n}]\")] a$: Vec<Bytes>, b$: String,» }"),
    ("types", request::derive, "#[api(method = GET, path = \"/\", fields = query)] struct R<«T$,»> { «a$: T$,» }"),
    ("groups", request::derive, "#[api(method = GET, path = \"/\", in = G)] struct R { «#[api(query(flatten))] a$: T$,» }"),
    ("group", api_group::derive, "#[api(path = \"/a«/{a$}»\", fields = query)] struct R { «a$: u8, #[api(header)] b$: u8,» }"),
    ("from-http", from_http::derive, "#[api(method = POST, path = \"«/{a$}»\", fields = json)] struct R { «a$: u8, #[api(query)] b$: u8, c$: u8,» }"),
    ("response", api_response::derive, "struct R { «#[api(header)] a$: u8, #[api(json)] #[serde(alias = \"c$\")] b$: u8,» }"),
    ("aliases", api_response::derive, "struct R { #[api(json)] #[serde(«alias = \"c$\",»)] a: u8, #[api(json)] b: u8 }"),
    ("variants", api_response::derive, "enum R { «#[api(status = 200)] A$ { #[api(header)] a: u8, #[api(body)] b: u8 },» }"),
    ("error", api_error::derive, "enum E { «#[api(status = 404)] A$(T$),» }"),
    ("open-enum", open_enum::derive, "enum E { «A$,» #[api(other)] Other(String) }"),
    ("misnamed", request::derive, "#[api(method = GET, path = \"«/{placeholder_$}»\")] struct R { «placeholdr_$: u8,» #[api(path = \"other\")] other: u8 }"),
    ("misnamed-path", request::derive, "#[api(method = GET, path = \"«/{placeholder_$}»\")] struct R { «#[api(path = \"placeholdr_$\")] a$: u8,» }"),
    ("broken-path", request::derive, "#[api(method = GET, path = \"«/{a b$}»\")] struct R { «ab$: u8,» }"),
    ("angles", request::derive, "#[api(method = GET, path = \"«/<a$>/:a$/{b$»\")] struct R { «a$: u8,» }"),
    ("keys", request::derive, "#[api(«pth$ = 1, »)] #[api(«path = \"/\", »)] struct R { «#[api(qery$, headr(a), query(nme$ = \"\"))] a$: u8, b$: u8,» }"),
    ("styles", request::derive, "#[api(method = GET, path = \"/\")] struct R { «#[api(query(style = dep$, style = spaces))] a$: u8,» }"),
    ("same-names", request::derive, "#[api(method = GET, path = \"/\", query(«\"a\",»))] struct R { «#[api(query = \"a\")] a$: u8, #[api(header = \"a\")] b$: u8,» }"),
    ("same-parts", request::derive, "#[api(method = POST, path = \"/\", fields = part)] struct R { «#[api(name = \"$1{n}\")] a$: u8, #[api(name = \"{n}$1\")] b$: u8, #[api(name = \"{n}\")] c$: u8,» }"),
    ("bodies", request::derive, "#[api(method = GET, path = \"/\")] struct R { «#[api(body)] a$: &'a u8, #[api(json)] b$: u8, #[api(url)] c$: u8,» }"),
    ("locations", request::derive, "#[api(method = GET, path = \"/\")] struct R { #[api(«query, header, json, cookie,»)] b: u8, «a$: u8,» }"),
    ("pages", request::derive, "#[api(method = GET, path = \"/\", fields = query, response = K, paginate(«cursr$ = a, cursor = b$, next = a.b$,»))] struct R { «a$: u8,» }"),
    ("response-keys", api_response::derive, "#[api(«fields = jsn$,»)] struct R { «#[api(jsn$, header, body)] a$: &'a u8, b$: u8, #[api(json = \"a\")] c$: u8, » }"),
    ("error-keys", api_error::derive, "enum E { «#[api(status = 40, status = 404, othr$)] A$(u8, u8), B$,» }"),
    ("open-enum-keys", open_enum::derive, "enum E { «#[api(nme$ = \"\", name = \"a\")] A$, #[api(name = \"a\")] B$, C$(u8), #[api(other)] D$,» }"),
];

fn fill(template: &str, count: usize) -> String {
    let mut filled = String::new();
    for (index, piece) in template.split(['«', '»']).enumerate() {
        if index % 2 == 0 {
            filled.push_str(piece);
            continue;
        }
        let numbers = (0..count).map(|number| piece.replace('$', &number.to_string()));
        filled.extend(numbers);
    }
    filled
}

/// callgrind counts what is called in here.
#[inline(never)]
fn growth_of(derive: Derive, input: &DeriveInput) -> TokenStream {
    derive(input)
}

#[test]
#[ignore = "benches/derive.sh runs it"]
fn growth() {
    let wanted = var("GROWTH_KIND").expect("the name of a kind");
    let count = var("GROWTH_COUNT").expect("a count");
    let count = count.parse().expect("a count is a number");
    let kind = KINDS.iter().find(|(name, ..)| *name == wanted);
    let (_, derive, template) = kind.expect("there is no such kind");
    let input = syn::parse_str(&fill(template, count)).expect("a template is an item");
    assert!(!growth_of(*derive, &input).is_empty());
}
