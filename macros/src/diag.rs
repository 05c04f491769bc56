//! Collects mistakes, so that one compile reports them all, and words suggestions.

use proc_macro2::TokenStream;
use quote::ToTokens;

/// How many mistakes get a suggestion from names of the user's, of which there may be any number.
const SUGGESTED: usize = 20;

/// How many mistakes in a path are reported one by one.
pub(crate) const REPORTED: usize = 20;

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

    /// Reports how many mistakes in a path are left out after the first: rustc prints the whole path for each of them, so
    /// that what it prints would be the square of their number.
    pub(crate) fn left_out(&mut self, path: impl ToTokens, found: usize) {
        if let Some(more @ 1..) = found.checked_sub(REPORTED) {
            self.error(
                path,
                format!("the path has more mistakes, {more} of them are not shown"),
            );
        }
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
    nearest(word, candidates, usize::MAX)
}

/// The candidate that `word` is a misspelling of, where other words are allowed too: fewer edits than in [`similar`].
pub(crate) fn misspelled<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let edits = if word.chars().count() > 4 { 2 } else { 1 };
    nearest(word, candidates, edits)
}

/// The first of the candidates with the fewest edits, if there are not more than `edits`, nor too many for the word.
fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    edits: usize,
) -> Option<&'c str> {
    let letters = in_lower_case(word);
    let length = letters.len();
    let mut limit = length.min(edits.min(length.div_ceil(3)) + 1);
    let mut best = None;
    for candidate in candidates.into_iter().filter(|it| *it != word) {
        if let Some(edits) = distance(&letters, &in_lower_case(candidate), limit) {
            (limit, best) = (edits, Some(candidate));
        }
    }
    best
}

fn in_lower_case(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
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

/// The number of edits between two words, if it is below the limit: insertions, deletions, replacements and swaps of
/// neighbors.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) >= limit {
        return None;
    }
    // Each row has the edits from the letters of `a` before it to as many of `b` as the index says.
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        // What follows is made of these two rows, and not less.
        if row.iter().chain(&last).all(|edits| *edits >= limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|edits| *edits < limit)
}

#[cfg(test)]
mod tests {
    use super::{distance, in_lower_case, misspelled, one_of, similar};

    #[test]
    fn counts_edits() {
        for (a, b, edits) in [
            ("", "", 0),
            ("query", "query", 0),
            ("headr", "header", 1),
            ("qurey", "query", 1),
            ("get", "GET", 0),
            ("path", "body", 4),
            ("ab", "ba", 1),
            ("kitten", "sitting", 3),
        ] {
            let [one, other] = [a, b].map(in_lower_case);
            assert_eq!(distance(&one, &other, edits + 1), Some(edits), "{a} {b}");
            assert_eq!(distance(&one, &other, edits), None, "{a} {b}");
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
