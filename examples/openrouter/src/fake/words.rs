//! What a model of the stand-in says: the last message of the user again, word by word. A word counts as a token.

use serde_json::Value;

/// How many words a text has.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The words of a text, each with the space before it; together they are the text.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut was_space = true;
    for char in text.chars() {
        match pieces.last_mut() {
            Some(piece) if was_space || !char.is_whitespace() => piece.push(char),
            _ => pieces.push(char.to_string()),
        }
        was_space = char.is_whitespace();
    }
    pieces
}

/// What a message says: its text, or the text of its parts.
pub(super) fn of_content(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts = parts.iter().filter_map(|part| part["text"].as_str());
            texts.collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

/// What the last message of the user says.
pub(super) fn of_user(messages: &[Value]) -> String {
    let mut newest = messages.iter().rev();
    let message = newest.find(|message| message["role"] == "user");
    message.map_or_else(String::new, |message| of_content(&message["content"]))
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_are_words_with_the_space_before_them() {
        for (text, expected) in [
            ("hello world", &["hello", " world"][..]),
            ("  a\nb ", &["  a", "\nb", " "]),
            ("", &[]),
        ] {
            assert_eq!(pieces(text), expected, "{text:?}");
        }
    }
}
