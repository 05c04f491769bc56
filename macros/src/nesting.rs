//! Refuses tokens that nest too deeply, before anything recurses into them: a parser would overflow the stack of rustc.
//!
//! Invariant: nothing here recurses.

use proc_macro2::{Spacing, Span, TokenStream, TokenTree, token_stream::IntoIter};

/// Far deeper than any type that people write, and less than what overflows the stack of an unoptimized build.
const LIMIT: usize = 64;

/// The tokens of one group, and how deep the last of them is.
struct Level {
    tokens: IntoIter,
    /// How many `<` are open.
    angles: usize,
    /// The `&`, `*` and `->` since the last comma, each of which begins another type.
    prefixes: usize,
    /// The tokens are those of a value, where `<<` is an operator.
    is_value: bool,
    /// The last token, if it is a punctuation mark that the next belongs to.
    joint: Option<char>,
}

impl Level {
    fn new(tokens: TokenStream) -> Self {
        Self {
            tokens: tokens.into_iter(),
            angles: 0,
            prefixes: 0,
            is_value: false,
            joint: None,
        }
    }

    fn depth(&self) -> usize {
        1 + self.angles + self.prefixes
    }

    fn punct(&mut self, c: char) {
        match (self.joint, c) {
            (Some('-'), '>') | (_, '&' | '*') => self.prefixes += 1,
            (Some('='), '>') => {}
            // The first of the two is counted already.
            (Some('<'), '<') if self.is_value => self.angles -= 1,
            (_, '<') => self.angles += 1,
            (_, '>') => self.angles = self.angles.saturating_sub(1),
            (_, '=') => self.is_value = true,
            (_, ',' | ';') => {
                self.prefixes = 0;
                self.is_value = false;
            }
            _ => {}
        }
    }
}

/// The first token that is too deep.
pub(crate) fn too_deep(tokens: TokenStream) -> Option<Span> {
    let mut levels = vec![Level::new(tokens)];
    // How deep the groups are that the current one is in.
    let mut outer = 0;
    while let Some(level) = levels.last_mut() {
        let Some(token) = level.tokens.next() else {
            levels.pop();
            outer -= levels.last().map_or(0, Level::depth);
            continue;
        };
        let mut joint = None;
        if let TokenTree::Punct(punct) = &token {
            level.punct(punct.as_char());
            joint = (punct.spacing() == Spacing::Joint).then_some(punct.as_char());
        }
        level.joint = joint;
        if outer + level.depth() > LIMIT {
            return Some(token.span());
        }
        if let TokenTree::Group(group) = token {
            outer += level.depth();
            levels.push(Level::new(group.stream()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, too_deep};
    use proc_macro2::TokenStream;

    fn is_too_deep(item: &str) -> bool {
        let tokens: TokenStream = item.parse().expect("these are tokens");
        too_deep(tokens).is_some()
    }

    #[test]
    fn refuses_types_that_nest_deeply_in_any_way() {
        for (open, close) in [
            ("Option<", ">"),
            ("Map<u8, ", ">"),
            ("&", ""),
            ("*const ", ""),
            ("[", "]"),
            ("(", ",)"),
            ("fn() -> ", ""),
        ] {
            let nested = |depth| {
                let (open, close) = (open.repeat(depth), close.repeat(depth));
                format!("struct Request {{ a: u8, b: {open}u8{close} }}")
            };
            assert!(!is_too_deep(&nested(LIMIT - 2)), "{open}");
            assert!(is_too_deep(&nested(LIMIT)), "{open}");
            assert!(is_too_deep(&nested(10_000)), "{open}");
        }
    }

    #[test]
    fn many_fields_are_not_deep() {
        let types = "a: Option<&'a u8>, b: Vec<<T as Iterator>::Item>, c: fn(&u8) -> &u8,";
        assert!(!is_too_deep(&format!(
            "struct Request {{ {} }}",
            types.repeat(500)
        )));
        let variants = "#[api(status = 400)] A = 1 << 4, B = 1 << 5,";
        assert!(!is_too_deep(&format!(
            "enum Failure {{ {} }}",
            variants.repeat(500)
        )));
    }
}
