//! Everything that can be a part, beside a parameter.
use api_request::{ApiRequest, Part, Secret};
use std::borrow::Cow;

#[derive(ApiRequest)]
#[api(method = POST, path = "/{id}", fields = part, rename_all = "camelCase")]
struct Upload<'a, T> {
    id: u8,
    file_name: &'a str,
    #[api(secret)]
    number: Option<u64>,
    #[api(filename = "a.png", content_type = "image/png")]
    image: Part,
    #[api(part(name = "r#\"aw\"", filename = "a b/é\".txt"))]
    r#type: Option<Vec<Part>>,
    #[api(content_type = "application/json")]
    points: Vec<(u8, u8)>,
    parts: [Part; 2],
    slice: &'a [Part],
    #[api(name = "files[{n}]")]
    files: Vec<Part>,
    #[api(name = "files[]{")]
    brackets: Option<Part>,
    key: Option<Secret<String>>,
    generic: T,
    cow: Cow<'a, str>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/{0}", header("Content-Type" = "multipart/related"))]
struct Tuple(u8, #[api(part = "a")] Part, #[api(part(name = "b"))] Option<Part>);

fn main() {
    let part = || Part::text("x");
    let request = Upload {
        id: 1,
        file_name: "a",
        number: None,
        image: part(),
        r#type: Some(vec![part()]),
        points: vec![(1, 2)],
        parts: [part(), part()],
        slice: &[part()],
        files: vec![part().header("Content-ID", "<1>"), part()],
        brackets: None,
        key: None,
        generic: part(),
        cow: "c".into(),
    };
    let base = "https://example.com".parse().unwrap();
    let request = request.to_http(&base).unwrap();
    let body = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
    assert_eq!(body.matches("form-data; ").count(), 11);
    assert!(body.contains("name=\"files[1]\""));
    assert!(body.contains("name=\"r#%22aw%22\"; filename=\"a b/é%22.txt\"\r\nContent-Type: text/plain\r\n"));
    Tuple(1, part(), None).to_http(&base).unwrap();
}
