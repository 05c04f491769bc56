//! A snapshot of the expansion, so that a change of its shape or size is seen.
//!
//! `BLESS=1 cargo test -p api-request-macros` writes the expected files anew.

use std::path::Path;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_quote};

fn check(name: &str, input: &DeriveInput) {
    check_expansion(name, crate::request::derive(input));
}

fn check_expansion(name: &str, expansion: TokenStream) {
    let expansion = syn::parse2(expansion).expect("the expansion is not Rust");
    let actual = prettyplease::unparse(&expansion);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/tests/{name}.expanded"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &actual).expect("cannot write the snapshot");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(actual, expected, "{}", file.display());
}

/// The tokens and the size of what is said about a request whose placeholders are all misnamed.
fn misnamed(count: usize) -> usize {
    let segments: Vec<String> = (0..count).map(|n| format!("{{placeholder_{n}}}")).collect();
    let path = format!("/{}", segments.join("/"));
    let fields = (0..count).map(|n| quote::format_ident!("placeholdr_{n}"));
    let input = parse_quote! {
        #[api(method = GET, path = #path)]
        struct Request { #(#fields: u8,)* #[api(path = "other")] other: u8 }
    };
    crate::request::derive(&input).to_string().len()
}

#[test]
fn messages_grow_with_the_mistakes_and_not_with_their_square() {
    let (some, many) = (misnamed(300), misnamed(3_000));
    assert!(many < some * 11, "{some} {many}");
}

#[test]
fn few_mistakes_are_reported_on_the_path() {
    let input: DeriveInput = parse_quote! {
        #[api(method = GET, path = "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}/{q}/{r}/{s}/{t}/{u}/{v}")]
        struct Request;
    };
    let errors = crate::request::derive(&input).to_string();
    assert_eq!(errors.matches("has no field").count(), 20);
    assert!(errors.contains("the path has more mistakes, 2 of them are not shown"));
}

#[test]
fn parameters() {
    check(
        "parameters",
        &parse_quote! {
            /// Lists the keys
            /// of a guardrail.
            #[api(method = GET, path = "/guardrails/{id}/keys", response = Keys, query("beta" = "true"))]
            struct ListKeys<T: Clone> {
                id: Uuid,
                #[api(query)]
                limit: Option<u32>,
                #[api(header = "X-Trace", secret)]
                r#type: T,
            }
        },
    );
}

#[test]
fn members() {
    check(
        "members",
        &parse_quote! {
            #[api(method = POST, path = "/keys", fields = json, rename_all = "camelCase", validate = check)]
            struct CreateKey {
                /// The name.
                key_name: String,
                #[serde(with = "seconds", skip_serializing_if = "Option::is_none")]
                expires: Option<Duration>,
            }
        },
    );
}

#[test]
fn events() {
    check(
        "events",
        &parse_quote! {
            #[api(method = POST, path = "/chat", events(item = Delta<T>, flag = "stream", done = "[DONE]"))]
            struct Chat<T: DeserializeOwned>(#[api(body)] T);
        },
    );
}

#[test]
fn pages() {
    check(
        "pages",
        &parse_quote! {
            #[api(method = GET, path = "/keys", response = Keys<T>)]
            #[api(paginate(cursor = after, next = meta.next, items = data, item = T))]
            struct ListKeys<T: DeserializeOwned> {
                #[api(query)]
                after: Option<String>,
                #[api(skip)]
                of: PhantomData<T>,
            }
        },
    );
}

#[test]
fn parts() {
    check(
        "parts",
        &parse_quote! {
            #[api(method = POST, path = "/files", fields = part)]
            struct Upload {
                purpose: String,
                #[api(filename = "a.png", content_type = "image/png")]
                images: Option<Vec<Part>>,
            }
        },
    );
}

#[test]
fn url() {
    check(
        "url",
        &parse_quote! {
            #[api(method = PUT)]
            struct Upload {
                #[api(query)]
                part: u32,
                #[api(url)]
                upload_url: Secret<String>,
            }
        },
    );
}

#[test]
fn fallback() {
    check(
        "fallback",
        &parse_quote! {
            #[api(metod = POST, path = "/keys", error = Failure)]
            struct CreateKey<T>(T) where T: Clone;
        },
    );
}

#[test]
fn error() {
    let input = parse_quote! {
        #[api(envelope = "error")]
        enum Failure<T> {
            #[api(status = "4xx", status = 500)]
            Refused(T),
            #[api(status = 404, status = 410)]
            Gone,
            #[api(other)]
            Unknown { body: ErrorBody },
        }
    };
    check_expansion("error", crate::api_error::derive(&input));
}

#[test]
fn error_fallback() {
    let input = parse_quote! {
        #[api(envelope = "error")]
        enum Failure<T> {
            Refused(T),
        }
    };
    check_expansion("error_fallback", crate::api_error::derive(&input));
}

#[test]
fn response() {
    let input = parse_quote! {
        struct Listed {
            #[api(header = "ETag")]
            etag: Option<String>,
            #[api(status)]
            status: StatusCode,
            #[api(body)]
            items: Vec<Key>,
        }
    };
    check_expansion("response", crate::api_response::derive(&input));
}

#[test]
fn response_variants() {
    let input = parse_quote! {
        #[api(rename_all = "camelCase")]
        enum Started<T> {
            #[api(status = 200, status = "2xx")]
            Done(T),
            #[api(status = 202, fields = json)]
            Queued {
                #[serde(flatten)]
                rest: Map,
                #[serde(default, alias = "id")]
                job_id: Option<u64>,
                #[api(header = "X-Token")]
                token: Secret<String>,
                #[serde(with = "seconds")]
                left: Duration,
            },
            #[api(status = 206)]
            Part(#[api(body = stream)] ByteStream),
            #[api(status = 304)]
            NotModified,
        }
    };
    check_expansion("response_variants", crate::api_response::derive(&input));
}

#[test]
fn response_fallback() {
    let input = parse_quote! {
        enum Started<T> {
            Done(T),
        }
    };
    check_expansion("response_fallback", crate::api_response::derive(&input));
}

#[test]
fn from_http() {
    let input = parse_quote! {
        #[api(in = Account, method = POST, path = "/keys/{hash}", fields = json)]
        struct CreateKey<T: Clone> {
            hash: String,
            #[api(query(style = form, explode = false))]
            labels: Vec<T>,
            #[api(header(flatten))]
            headers: BTreeMap<String, String>,
            #[api(flatten)]
            paging: Paging,
            #[serde(default, alias = "label")]
            key_name: String,
            #[serde(with = "seconds")]
            expires: Duration,
            #[api(skip)]
            of: PhantomData<T>,
        }
    };
    check_expansion("from_http", crate::from_http::derive(&input));
}

#[test]
fn from_http_pages() {
    let input = parse_quote! {
        #[api(method = GET, path = "/keys", response = Keys, fields = query)]
        #[api(paginate(
            offset = paging.offset, limit = limit, total = meta?.total, more = more, items = data, item = Key,
        ))]
        struct ListKeys {
            paging: Paging,
            limit: u8,
        }
    };
    check_expansion("from_http_pages", crate::from_http::derive(&input));
}

#[test]
fn from_http_group() {
    let input = parse_quote! {
        #[api(fields = query)]
        struct Paging {
            #[serde(default = "first")]
            offset: u64,
        }
    };
    check_expansion("from_http_group", crate::from_http::derive(&input));
}

#[test]
fn open_enum() {
    let input = parse_quote! {
        #[api(rename_all = "snake_case")]
        pub enum Status {
            Active,
            OnHold,
            #[api(name = "gone!")]
            Gone,
            #[api(other)]
            Other(String),
        }
    };
    check_expansion("open_enum", crate::open_enum::derive(&input));
}

#[test]
fn open_enum_fallback() {
    let input = parse_quote! {
        enum Status {
            Active,
        }
    };
    check_expansion("open_enum_fallback", crate::open_enum::derive(&input));
}

/// rustc lets no such field through, but the tokens of a derive may come from elsewhere.
#[test]
fn a_field_called_underscore() {
    let input = parse_quote! {
        #[api(method = GET, path = "/", fields = query)]
        struct Request { _: u8 }
    };
    let expansion = crate::request::derive(&input).to_string();
    assert!(expansion.contains("`_` is not the name of a field"));
}
