//! A request as a line of JSON, instead of one that is sent.

use api_request::Body;
use base64::{Engine, prelude::BASE64_STANDARD};
use futures_util::stream;
use http::{
    HeaderMap, HeaderValue, Request,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use serde_json::{Map, Value, json};

use super::{connection::Connection, failure::Failure};

/// `method`, `target`, `headers` by their names in lower case, and `body_json`, `body_text` or `body_multipart`. It is the
/// request as it would be sent, with the key that the command line gives. One of the environment is not shown, and variables
/// stand for the secrets of a JSON body, whose pointers are given, unless the options show them.
pub(super) async fn describe(
    connection: &Connection,
    request: Request<Body>,
    secrets: &[String],
) -> Result<Value, Failure> {
    let (head, body) = request.into_parts();
    let target = head
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let mut line = json!({
        "method": head.method.as_str(),
        "target": target,
        "headers": headers(&head.headers, connection.has_hidden_key()),
    });
    let Some(body) = body.as_bytes().filter(|body| !body.is_empty()) else {
        return Ok(line);
    };
    let content_type = head.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let content_type = String::from_utf8_lossy(content_type.unwrap_or_default());
    if let Ok(boundary) = multer::parse_boundary(&content_type) {
        line["body_multipart"] = parts(body.clone(), boundary).await?;
    } else if let Ok(mut json) = serde_json::from_slice::<Value>(body) {
        if !connection.shows_secrets() {
            hide(&mut json, secrets);
        }
        line["body_json"] = json;
    } else {
        line["body_text"] = String::from_utf8_lossy(body).into();
    }
    Ok(line)
}

/// Puts a variable in the place of each secret that there is.
fn hide(body: &mut Value, secrets: &[String]) {
    for pointer in secrets {
        let name = pointer.rsplit('/').next().unwrap_or_default();
        if let Some(secret) = body.pointer_mut(pointer).filter(|value| !value.is_null()) {
            *secret = variable(name).into();
        }
    }
}

/// The shell variable for a secret, as `to_curl` calls it.
fn variable(name: &str) -> String {
    let upper = name.chars().map(|char| match char {
        char if char.is_ascii_alphanumeric() => char.to_ascii_uppercase(),
        _ => '_',
    });
    std::iter::once('$').chain(upper).collect()
}

fn headers(headers: &HeaderMap, hides_key: bool) -> Map<String, Value> {
    let mut shown = Map::new();
    for name in headers.keys() {
        let values = headers.get_all(name).iter();
        let values: Vec<_> = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        let value = if hides_key && name == AUTHORIZATION {
            "Bearer (hidden)".to_owned()
        } else {
            values.join(", ")
        };
        shown.insert(name.as_str().to_owned(), value.into());
    }
    shown
}

/// The parts of a form: `name`, `filename`, `content_type`, `content_disposition`, `content_b64`, and `text` if they are.
async fn parts(body: bytes::Bytes, boundary: String) -> Result<Value, Failure> {
    let body = stream::iter([Ok::<_, multer::Error>(body)]);
    let mut form = multer::Multipart::new(body, boundary);
    let mut parts = Vec::new();
    let broken = |error: multer::Error| Failure::local(error.to_string());
    while let Some(part) = form.next_field().await.map_err(broken)? {
        let disposition = part.headers().get("content-disposition");
        let disposition = disposition.map(HeaderValue::as_bytes);
        let mut shown = json!({
            "name": part.name(),
            "filename": part.file_name(),
            "content_type": part.content_type().map(AsRef::<str>::as_ref),
            "content_disposition": String::from_utf8_lossy(disposition.unwrap_or_default()),
        });
        let content = part.bytes().await.map_err(broken)?;
        if let Ok(text) = str::from_utf8(&content) {
            shown["text"] = text.into();
        }
        shown["content_b64"] = BASE64_STANDARD.encode(&content).into();
        parts.push(shown);
    }
    Ok(parts.into())
}
