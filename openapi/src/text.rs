//! Text that is built piece by piece, and text of documents.

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
        "\n\n", "\r\n\r\n", "</p>", "<br><br>", "\n- ", "\n* ", "\n#", "\n```",
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
