//! Names as a person would choose them: identifiers from any text, serde's rename rules, and names that are taken.

use heck::{ToPascalCase, ToSnakeCase};
use indexmap::IndexSet;

/// Words that cannot be identifiers, but can be raw ones.
const KEYWORDS: [&str; 47] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while",
];

/// Names of types that the declarations use, which no other type takes.
const TAKEN_TYPES: [&str; 33] = [
    "ApiError",
    "ApiGroup",
    "ApiRequest",
    "ApiResponse",
    "BTreeMap",
    "Body",
    "Box",
    "ByteStream",
    "Bytes",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Drop",
    "Err",
    "ErrorBody",
    "FromHttp",
    "Lines",
    "Map",
    "None",
    "Nullable",
    "Ok",
    "OpenEnum",
    "Option",
    "Part",
    "Result",
    "Secret",
    "Serialize",
    "Some",
    "String",
    "Value",
    "Vec",
];

/// Returns a field's name, without `r#`.
pub(crate) fn field(text: &str) -> String {
    let name = words(text).to_snake_case();
    let name = if !name.is_empty() && !name.starts_with(unicode_ident::is_xid_start) {
        format!("n{name}")
    } else {
        name
    };
    match name.as_str() {
        "" => "value".to_owned(),
        "self" | "super" | "crate" => format!("{name}_"),
        _ => name,
    }
}

/// Returns a field's name as it is written: `type` is `r#type`.
pub(crate) fn raw(name: &str) -> String {
    if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// Returns the name of a type or a variant.
pub(crate) fn pascal(text: &str) -> String {
    let name = words(text).to_pascal_case();
    let name = if !name.is_empty() && !name.starts_with(unicode_ident::is_xid_start) {
        format!("N{name}")
    } else {
        name
    };
    match name.as_str() {
        "" => "Empty".to_owned(),
        "Self" => "Itself".to_owned(),
        _ => name,
    }
}

/// Returns the name of a type, which is none that the declarations use.
pub(crate) fn type_name(text: &str) -> String {
    let name = pascal(text);
    if TAKEN_TYPES.contains(&name.as_str()) {
        format!("{name}Data")
    } else {
        name
    }
}

/// Returns the name of a module, which is also that of a file.
pub(crate) fn module(text: &str) -> String {
    let name = field(text);
    let is_taken = KEYWORDS.contains(&name.as_str())
        || matches!(
            name.as_str(),
            "lib" | "main" | "test" | "std" | "core" | "serde" | "serde_json" | "api_request"
        );
    if is_taken {
        format!("{name}_api")
    } else {
        name
    }
}

/// Writes symbols that tell names apart as words.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        let starts_number =
            index == 0 && text[1.min(text.len())..].starts_with(|c: char| c.is_ascii_digit());
        match c {
            '+' if starts_number => words.push_str("plus "),
            '-' if starts_number => words.push_str("minus "),
            '<' => words.push_str(" lt "),
            '>' => words.push_str(" gt "),
            '=' if index == 0 => words.push_str("eq "),
            '!' if index == 0 => words.push_str("not "),
            '*' if text.len() == 1 => words.push_str("all"),
            '\'' | '\u{2019}' => {}
            c if c != '_' && unicode_ident::is_xid_continue(c) => words.push(c),
            _ => words.push(' '),
        }
    }
    words
}

/// Returns one of several: `keys` is `key`.
pub(crate) fn singular(text: &str) -> String {
    let stem = |end: &str, with: &str| text.strip_suffix(end).map(|stem| format!("{stem}{with}"));
    if text.len() < 4
        || ["ss", "us", "is", "news", "series", "alias"]
            .iter()
            .any(|end| text.ends_with(end))
    {
        return text.to_owned();
    }
    stem("ies", "y")
        .or_else(|| stem("sses", "ss"))
        .or_else(|| stem("xes", "x"))
        .or_else(|| stem("ches", "ch"))
        .or_else(|| stem("shes", "sh"))
        .or_else(|| stem("s", ""))
        .unwrap_or_else(|| text.to_owned())
}

/// Names that are taken, in one scope.
#[derive(Debug, Clone, Default)]
pub(crate) struct Taken(IndexSet<String>);

impl Taken {
    /// Takes a name. Returns whether it was free.
    pub(crate) fn take(&mut self, name: &str) -> bool {
        self.0.insert(name.to_owned())
    }

    /// Takes the first name that is free, or the last one with a number.
    pub(crate) fn first_of(&mut self, names: impl IntoIterator<Item = String>) -> String {
        let mut last = String::new();
        for name in names {
            if self.0.insert(name.clone()) {
                return name;
            }
            last = name;
        }
        let mut number = 2;
        loop {
            let name = format!("{last}{number}");
            if self.0.insert(name.clone()) {
                return name;
            }
            number += 1;
        }
    }
}

/// A rule by which serde makes names on the wire of Rust's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Rule {
    const ALL: [Self; 8] = [
        Self::Snake,
        Self::Camel,
        Self::Lower,
        Self::Pascal,
        Self::Kebab,
        Self::ScreamingSnake,
        Self::ScreamingKebab,
        Self::Upper,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Lower => "lowercase",
            Self::Upper => "UPPERCASE",
            Self::Pascal => "PascalCase",
            Self::Camel => "camelCase",
            Self::Snake => "snake_case",
            Self::ScreamingSnake => "SCREAMING_SNAKE_CASE",
            Self::Kebab => "kebab-case",
            Self::ScreamingKebab => "SCREAMING-KEBAB-CASE",
        }
    }

    /// Applies the rule to the name of a field.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => name.split('_').map(capitalized).collect(),
            Self::Camel => uncapitalized(&Self::Pascal.field(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// Applies the rule to the name of a variant.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Pascal => name.to_owned(),
            Self::Camel => uncapitalized(name),
            Self::Snake => {
                let mut snake = String::new();
                for (index, c) in name.char_indices() {
                    if index > 0 && c.is_uppercase() {
                        snake.push('_');
                    }
                    snake.push(c.to_ascii_lowercase());
                }
                snake
            }
            Self::ScreamingSnake => Self::Snake.variant(name).to_ascii_uppercase(),
            Self::Kebab => Self::Snake.variant(name).replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.variant(name).replace('_', "-"),
        }
    }

    /// Finds the rule that leaves the fewest names to be written, if it saves more than one.
    pub(crate) fn best<'a>(
        names: &(impl Iterator<Item = (&'a str, &'a str)> + Clone),
        apply: fn(Self, &str) -> String,
    ) -> Option<Self> {
        let missed = |rule: Option<Self>| {
            let misses = names.clone().filter(|(name, wire)| match rule {
                Some(rule) => apply(rule, name) != **wire,
                None => name != wire,
            });
            misses.count()
        };
        let plain = missed(None);
        let best = Self::ALL
            .into_iter()
            .map(|rule| (missed(Some(rule)), rule))
            .min_by_key(|(misses, _)| *misses)?;
        (best.0 + 1 < plain || (best.0 == 0 && plain > 0)).then_some(best.1)
    }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + chars.as_str()
    })
}

fn uncapitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_ascii_lowercase().to_string() + chars.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::{Rule, field, module, pascal, raw, singular, type_name};

    #[test]
    fn names_fields_types_and_modules() {
        for (text, name, of_type) in [
            ("keyName", "key_name", "KeyName"),
            ("X-Request-ID", "x_request_id", "XRequestId"),
            ("+1", "plus_1", "Plus1"),
            ("-1", "minus_1", "Minus1"),
            ("2fa", "n2fa", "N2fa"),
            ("DateSent<", "date_sent_lt", "DateSentLt"),
            ("page[size]", "page_size", "PageSize"),
            ("self", "self_", "Itself"),
            ("", "value", "Empty"),
            ("*", "all", "All"),
            ("user's", "users", "Users"),
        ] {
            assert_eq!(
                (field(text).as_str(), pascal(text).as_str()),
                (name, of_type),
                "{text}"
            );
        }
        assert_eq!(raw("type"), "r#type");
        assert_eq!(type_name("option"), "OptionData");
        assert_eq!(module("API Keys"), "api_keys");
        assert_eq!(module("mod"), "mod_api");
    }

    #[test]
    fn finds_one_of_several() {
        for (many, one) in [
            ("keys", "key"),
            ("policies", "policy"),
            ("boxes", "box"),
            ("status", "status"),
            ("access", "access"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn chooses_the_rule_that_saves_most_names() {
        let best = |names: &[(&str, &str)]| Rule::best(&names.iter().copied(), Rule::field);
        assert_eq!(
            best(&[("key_name", "keyName"), ("id", "id")]),
            Some(Rule::Camel)
        );
        assert_eq!(best(&[("key_name", "key_name")]), None);
        assert_eq!(
            best(&[("id", "Id"), ("key_name", "KeyName")]),
            Some(Rule::Pascal)
        );
        let best = |names: &[(&str, &str)]| Rule::best(&names.iter().copied(), Rule::variant);
        assert_eq!(best(&[("OnHold", "on_hold"), ("Gone", "gone!")]), None);
        assert_eq!(
            best(&[("OnHold", "on-hold"), ("Gone", "gone")]),
            Some(Rule::Kebab)
        );
    }
}
