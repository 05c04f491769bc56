//! What of a value is not in another one that was made of it.

use serde_json::Value;

/// The path of the first member of an object, or item of a list, that is not there. Values of another shape are
/// another form of the same.
pub(crate) fn find_lost(asked: &Value, sent: &Value) -> Option<Vec<String>> {
    let within = |name: String, asked: &Value, sent: Option<&Value>| match sent {
        None => Some(vec![name]),
        Some(sent) => {
            let mut path = find_lost(asked, sent)?;
            path.insert(0, name);
            Some(path)
        }
    };
    match (asked, sent) {
        (Value::Object(asked), Value::Object(sent)) => {
            let mut members = asked.iter();
            members.find_map(|(name, asked)| within(name.clone(), asked, sent.get(name)))
        }
        (Value::Array(asked), Value::Array(sent)) => {
            let mut items = asked.iter().enumerate();
            items.find_map(|(index, asked)| within(index.to_string(), asked, sent.get(index)))
        }
        _ => None,
    }
}
