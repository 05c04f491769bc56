//! Collects mistakes, so that one compile reports them all, and words suggestions.

use proc_macro2::TokenStream;
use quote::ToTokens;

/// How many mistakes get a suggestion from names of the user's, of which there may be any number.
const SUGGESTED: usize = 50;

/// The mistakes found so far. Only `attr` and `lower` add to it.
#[derive(Default)]
pub(crate) struct Diag {
    errors: Vec<syn::Error>,
}

impl Diag {
    /// Reports a mistake on its tokens.
    pub(crate) fn error(&mut self, at: impl ToTokens, message: impl AsRef<str>) {
        self.push(syn::Error::new_spanned(at, message.as_ref()));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// The number of mistakes: what raises it is broken.
    pub(crate) fn count(&self) -> usize {
        self.errors.len()
    }

    /// Whether the next mistake still gets a suggestion: to find one takes a look at all candidates, and so does a list
    /// of them, which nobody reads a thousand times.
    pub(crate) fn suggests(&self) -> bool {
        self.errors.len() < SUGGESTED
    }

    /// Turns the mistakes into compile errors; `Ok` if there are none.
    pub(crate) fn propagate(self) -> Result<(), TokenStream> {
        if self.errors.is_empty() {
            return Ok(());
        }
        Err(self
            .errors
            .iter()
            .map(syn::Error::to_compile_error)
            .collect())
    }
}

/// The candidate that `word` was probably meant to be.
pub(crate) fn similar<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= length.div_ceil(3) && *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The candidate that `word` is a misspelling of, where other words are allowed too: fewer edits than in [`similar`].
pub(crate) fn misspelled<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let edits = if word.chars().count() > 4 { 2 } else { 1 };
    similar(word, candidates).filter(|candidate| distance(word, candidate) <= edits)
}

/// `, did you mean …?`, or an empty string.
pub(crate) fn suggestion<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    match similar(word, candidates) {
        Some(candidate) => format!(", did you mean `{candidate}`?"),
        None => String::new(),
    }
}

/// `` `a`, `b` or `c` ``
pub(crate) fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    join(words, "or")
}

/// `` `a`, `b` and `c` ``
pub(crate) fn all_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    join(words, "and")
}

fn join<'w>(words: impl IntoIterator<Item = &'w str>, last: &str) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., tail] => format!("{} {last} {tail}", head.join(", ")),
    }
}

/// The number of edits between two words, case ignored: insertions, deletions, replacements and swaps of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                rows[i][j] = i.max(j);
                continue;
            }
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, misspelled, one_of, similar};

    #[test]
    fn counts_edits() {
        for (a, b, edits) in [
            ("", "", 0),
            ("query", "query", 0),
            ("headr", "header", 1),
            ("qurey", "query", 1),
            ("get", "GET", 0),
            ("path", "body", 4),
        ] {
            assert_eq!(distance(a, b), edits, "{a} {b}");
        }
    }

    #[test]
    fn suggests_only_what_is_near() {
        let keys = ["method", "path", "query"];
        assert_eq!(similar("mehtod", keys), Some("method"));
        assert_eq!(similar("colour", keys), None);
        assert_eq!(similar("0", ["1"]), None);
        assert_eq!(similar("get", ["GET"]), Some("GET"));
    }

    #[test]
    fn takes_few_words_for_misspelled_where_any_is_allowed() {
        let words = ["required", "optional", "none"];
        for (word, meant) in [
            ("require", Some("required")),
            ("Required", Some("required")),
            ("optinoal", Some("optional")),
            ("options", Some("optional")),
            ("none_", Some("none")),
            ("nonr", Some("none")),
            ("role", None),
            ("bearer", None),
            ("optional_key", None),
        ] {
            assert_eq!(misspelled(word, words), meant, "{word}");
        }
    }

    #[test]
    fn lists_words() {
        assert_eq!(one_of([]), "");
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
