//! Text that is built piece by piece, and text of documents.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use crate::model::singular;

/// Appends formatted text to a `String`, which cannot fail.
macro_rules! add {
    ($out:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        let _ = $out.write_fmt(format_args!($($format)*));
    }};
}
pub(crate) use add;

/// Returns the first paragraph, of Markdown or HTML.
pub(crate) fn first_paragraph(text: &str) -> &str {
    let text = text.trim();
    let ends = [
        "\n\n", "\r\n\r\n", "</p>", "<br>", "<br/>", "<br />", "\n- ", "\n* ", "\n#", "\n```",
    ];
    let end = ends.iter().filter_map(|end| text.find(end)).min();
    match end.map(|end| text[..end].trim_end()) {
        // A heading alone says nothing, and what ends with a colon is not over.
        Some(first) if !first.is_empty() && !first.starts_with('#') && !first.ends_with(':') => {
            first
        }
        _ => text,
    }
}

/// Words that say nothing alone, or that the type says.
const STOP: [&str; 38] = [
    "a", "all", "an", "and", "any", "array", "as", "be", "been", "by", "for", "from", "globally",
    "has", "in", "is", "it", "its", "list", "object", "of", "on", "operate", "resource", "string",
    "that", "the", "these", "this", "to", "unique", "uniquely", "value", "was", "where", "which",
    "will", "with",
];

/// Whether a description says nothing that names, or another description, do not say: `The name of the key.` of `Key::name`.
pub(crate) fn repeats(text: &str, others: &[&str]) -> bool {
    let said: BTreeSet<String> = others.iter().flat_map(|other| words(other)).collect();
    // Code and links say more than their words, and so does text without words.
    let is_plain = !text.contains(['`', '<', '(', '/', ':', '=']) && text.len() < 200;
    is_plain && words(text).all(|word| said.contains(&word))
}

/// The words of a text that mean something, in one form.
fn words(text: &str) -> impl Iterator<Item = String> + use<> {
    let snake = text.replace(['\'', '\u{2019}'], "").to_snake_case();
    let words: Vec<String> = snake
        .split('_')
        .map(singular)
        .filter(|word| !word.is_empty() && !STOP.contains(&word.as_str()))
        .map(|word| match word.as_str() {
            "identifier" | "gid" | "uuid" => "id".to_owned(),
            _ => word,
        })
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[test]
    fn what_names_say_is_not_said_again() {
        for (text, names, expected) in [
            ("The name of the key.", ["Key", "name"], true),
            ("The keys' names", ["Key", "name"], true),
            (
                "The name of the key, once it is there.",
                ["Key", "name"],
                false,
            ),
            ("Name (at most 20 characters)", ["Key", "name"], false),
            ("Not found", ["NotFound", ""], true),
            (
                "Unique identifier for the project.",
                ["GetKey", "project_gid"],
                true,
            ),
        ] {
            assert_eq!(repeats(text, &names), expected, "{text}");
        }
    }
}
