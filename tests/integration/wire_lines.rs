//! `body = lines`: each item of a list as a line of JSON.

use std::collections::BTreeMap;

use api_request::{ApiRequest, Secret};
use serde::Serialize;
use serde_json::{json, value::RawValue};

use crate::wire::{base, body, refused};

macro_rules! lines {
    ($name:ident $(<$generic:ident>)?, $ty:ty, $($options:tt)*) => {
        #[derive(ApiRequest)]
        #[api(method = POST, path = "/_bulk")]
        struct $name $(<$generic>)? {
            #[api $($options)*]
            value: $ty,
        }
    };
}

lines!(Bulk<T>, T, (body = lines));
lines!(
    Jsonl,
    &'static [u8],
    (body(lines, content_type = "application/jsonl"))
);
lines!(Hidden, Vec<u8>, (body(lines, secret)));
lines!(HiddenByType, Secret<Vec<String>>, (body = lines));

fn sent<T: Serialize>(value: T) -> Result<Option<String>, String> {
    let sent = body(&Bulk { value })?;
    Ok(sent.map(|(media_type, text)| {
        assert_eq!(media_type, "application/x-ndjson");
        text
    }))
}

/// The lines of Elasticsearch's `_bulk`, which are not of one kind.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Index { index: Target },
    Delete { delete: Target },
    Document(serde_json::Value),
}

#[derive(Serialize)]
struct Target {
    #[serde(rename = "_id")]
    id: &'static str,
}

#[test]
fn each_item_is_a_line_of_json() {
    let bulk = [
        Line::Index {
            index: Target { id: "1" },
        },
        Line::Document(json!({"field": "a\nb"})),
        Line::Delete {
            delete: Target { id: "2" },
        },
    ];
    let text = "{\"index\":{\"_id\":\"1\"}}\n{\"field\":\"a\\nb\"}\n{\"delete\":{\"_id\":\"2\"}}\n";
    assert_eq!(sent(&bulk), Ok(Some(text.to_owned())));
    assert_eq!(sent(&bulk[..]), Ok(Some(text.to_owned())));
    assert_eq!(sent(Some(&bulk)), Ok(Some(text.to_owned())));
}

#[derive(Serialize)]
struct Wrapper(Vec<u8>);

#[test]
fn any_list_will_do() {
    let text = |text: &str| Ok(Some(text.to_owned()));
    assert_eq!(sent(vec![1, 2]), text("1\n2\n"));
    assert_eq!(sent((1, "a")), text("1\n\"a\"\n"));
    assert_eq!(sent(Wrapper(vec![1])), text("1\n"));
    assert_eq!(sent([None, Some(1)]), text("null\n1\n"));
    assert_eq!(sent([[1, 2], [3, 4]]), text("[1,2]\n[3,4]\n"));
    assert_eq!(sent(Vec::<u8>::new()), text(""));
    assert_eq!(sent(None::<Vec<u8>>), Ok(None));
    assert_eq!(
        sent(std::collections::BTreeSet::from([2, 1])),
        text("1\n2\n")
    );
    let pretty = RawValue::from_string("{\r\n  \"a\": \"b\\n\"\n}".to_owned()).unwrap();
    assert_eq!(sent([pretty]), text("{    \"a\": \"b\\n\" }\n"));
}

#[test]
fn the_content_type_may_be_another_one() {
    let sent = body(&Jsonl { value: &[1] }).unwrap();
    let expected = ("application/jsonl".to_owned(), "1\n".to_owned());
    assert_eq!(sent, Some(expected));
    let content = Jsonl::OPERATION.content().unwrap();
    assert_eq!(content.media_type(), "application/jsonl");
    let content = Bulk::<[u8; 1]>::OPERATION.content().unwrap();
    assert_eq!(content.media_type(), "application/x-ndjson");
}

#[test]
fn what_is_not_a_list_is_an_error() {
    let words = "is not a list: `body = lines` sends each item of a list";
    refused(sent("a"), words);
    refused(sent(1), words);
    refused(sent(1_i128), words);
    refused(sent(()), words);
    refused(sent(BTreeMap::from([("a", 1)])), words);
    refused(sent(Target { id: "1" }), words);
    refused(sent(std::net::Ipv4Addr::LOCALHOST), words);
    let map = BTreeMap::from([((1, 2), 3)]);
    refused(sent([map]), "cannot be serialized: key must be a string");
}

mod doubled {
    pub fn serialize<S: serde::Serializer>(value: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(|item| item * 2))
    }
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Serde {
    #[api(body = lines)]
    #[serde(with = "doubled", skip_serializing_if = "Vec::is_empty")]
    value: Vec<u8>,
}

#[test]
fn attributes_of_serde_hold() {
    let doubled = body(&Serde { value: vec![1, 2] }).unwrap().unwrap();
    assert_eq!(doubled.1, "2\n4\n");
    assert_eq!(body(&Serde { value: vec![] }), Ok(None));
}

#[test]
fn secrets_are_variables_in_a_command() {
    let curl = |request: &dyn Fn() -> Result<String, api_request::EncodeError>| request().unwrap();
    let whole = curl(&|| Hidden { value: vec![71] }.to_curl(&base()));
    assert!(whole.ends_with("--data-raw \"$VALUE\""), "{whole}");
    let value = Secret::from(vec!["hunter2".to_owned()]);
    let request = HiddenByType { value };
    let sent = body(&request).unwrap().unwrap();
    assert_eq!(sent.1, "\"hunter2\"\n");
    let whole = curl(&|| request.to_curl(&base()));
    assert!(whole.ends_with("--data-raw \"$VALUE\""), "{whole}");
    let value = [Secret::<String>::from("hunter2")];
    let item = curl(&|| Bulk { value: &value }.to_curl(&base()));
    let words = "--data-raw '\"'\"$VALUE\"'\"\n'";
    assert!(item.ends_with(words), "{item}");
}
