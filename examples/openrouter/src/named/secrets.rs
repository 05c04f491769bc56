//! Which members of a body are secrets.

use std::fmt::Debug;

use api_request::{FromHttp, Input};
use serde_json::Value;

/// A text that is in no request by chance.
const MARK: &str = "api-request-mark-5d0c";

/// The JSON pointers of the secrets in the body: the members that are declared so, and what is a
/// [`Secret`](api_request::Secret) somewhere within. These do not show in `Debug`, so a mark in their place does not
/// either.
pub(crate) fn secrets<R: FromHttp + Debug>(input: &Input) -> Vec<String> {
    let (Some(content), Ok(request)) = (R::OPERATION.content(), input.read::<R>()) else {
        return Vec::new();
    };
    let members = content.members().filter(|member| member.secret());
    let mut found: Vec<String> = members
        .map(|member| format!("/{}", member.name()))
        .collect();
    // That there is a secret is what it shows.
    if format!("{request:?}").contains("Secret(") {
        let input = input.json();
        let mut texts = Vec::new();
        find_texts(&input["body"], String::new(), &mut texts);
        found.extend(texts.into_iter().filter(|pointer| {
            let mut marked = input.clone();
            if let Some(text) = marked["body"].pointer_mut(pointer) {
                *text = MARK.into();
            }
            let read = Input::new(marked).read::<R>();
            read.is_ok_and(|request| !format!("{request:?}").contains(MARK))
        }));
    }
    found
}

/// The pointers of all texts.
fn find_texts(value: &Value, path: String, texts: &mut Vec<String>) {
    match value {
        Value::String(_) => texts.push(path),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_texts(item, format!("{path}/{index}"), texts);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                find_texts(value, format!("{path}/{name}"), texts);
            }
        }
        _ => {}
    }
}
