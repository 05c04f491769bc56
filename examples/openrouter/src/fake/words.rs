//! What a model of the stand-in says: the last message of the user again, word by word. A word counts as a token.

use serde_json::Value;

/// How many words a text has.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The words of a text, each with the space before it; together they are the text.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let pieces = chars.chunk_by(|char, next| char.is_whitespace() || !next.is_whitespace());
    pieces.map(String::from_iter).collect()
}

/// What a message says: its text, or the text of its parts.
pub(super) fn of_content(content: &Value) -> String {
    let parts = content.as_array().into_iter().flatten();
    let texts = parts.filter_map(|part| part["text"].as_str());
    let texts: Vec<_> = content.as_str().into_iter().chain(texts).collect();
    texts.join(" ")
}

/// What the last message of the user says.
pub(super) fn of_user(messages: &[Value]) -> String {
    let mut messages = messages.iter();
    let message = messages.rfind(|message| message["role"] == "user");
    message.map_or_else(String::new, |message| of_content(&message["content"]))
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_are_words_with_the_space_before_them() {
        assert_eq!(pieces("hello world"), ["hello", " world"]);
        assert_eq!(pieces("  a\nb "), ["  a", "\nb", " "]);
        assert!(pieces("").is_empty());
    }
}
