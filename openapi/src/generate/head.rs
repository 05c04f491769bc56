//! What is before the items of a file: documentation, modules and imports.

use std::{cmp::Ordering, collections::BTreeSet};

use crate::model::Model;
use crate::text::add;

/// The names of this library that declarations use.
const LIBRARY: [&str; 13] = [
    "ApiError",
    "ApiGroup",
    "ApiRequest",
    "ApiResponse",
    "Body",
    "ByteStream",
    "ErrorBody",
    "FromHttp",
    "Lines",
    "Nullable",
    "OpenEnum",
    "Part",
    "Secret",
];

/// What is before the items of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The documentation, and the modules.
    pub(super) text: String,
    /// The group of the operations, if it is in another file.
    group: Option<String>,
    /// Where the types of several modules are, and their names.
    shared: Option<(String, Vec<String>)>,
}

impl Head {
    /// The head of the file of a module, or of the root if its index is the number of modules.
    pub(super) fn new(text: String, model: &Model, module: usize) -> Self {
        let is_root = module >= model.modules.len();
        let group = model.group.as_ref().filter(|_| !is_root);
        let types = model.types.iter();
        let shared = types.filter(|def| def.module == 0 && !def.name.is_empty());
        let prefix = if is_root { "" } else { "super::" };
        let path = format!("{prefix}{}", model.modules[0].name);
        Self {
            text,
            group: group.map(|group| group.name.clone()),
            shared: (module != 0).then(|| (path, shared.map(|def| def.name.clone()).collect())),
        }
    }

    /// Returns the text without imports.
    #[must_use]
    pub fn docs(&self) -> &str {
        &self.text
    }

    /// Returns the text with what some items need to be imported, by the words in them.
    #[must_use]
    pub fn with_imports<'a>(&self, items: impl Iterator<Item = &'a str>) -> String {
        let mut words: BTreeSet<&str> = BTreeSet::new();
        for line in items.flat_map(str::lines) {
            words.extend(types_in(line));
        }
        let used = |names: &[&'static str]| {
            let names = names.iter().copied();
            names
                .filter(|name| words.contains(name))
                .collect::<Vec<_>>()
        };
        let mut text = String::new();
        if words.contains("BTreeMap") {
            text.push_str("use std::collections::BTreeMap;\n\n");
        }
        text.push_str(&import("api_request", used(&LIBRARY)));
        text.push_str(&import("serde", used(&["Deserialize", "Serialize"])));
        let mut own = String::new();
        if let Some(group) = self.group.as_ref().filter(|it| words.contains(it.as_str())) {
            add!(own, "use super::{group};\n");
        }
        if let Some((path, names)) = &self.shared {
            let names = names.iter().map(String::as_str);
            own.push_str(&import(
                path,
                names.filter(|it| words.contains(it)).collect(),
            ));
        }
        if !own.is_empty() && !text.is_empty() && !text.ends_with("\n\n") {
            text.push('\n');
        }
        let imports = text + &own;
        if imports.is_empty() || self.text.is_empty() || self.text.ends_with("\n\n") {
            return self.text.clone() + &imports;
        }
        format!("{}\n{imports}", self.text)
    }
}

/// The names of types in a line of code.
fn types_in(line: &str) -> impl Iterator<Item = &str> {
    // The name of a variant is not a type. What is indented further is a long type, in lines of its own.
    let is_variant = line
        .strip_prefix("    ")
        .is_some_and(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let line = line.trim();
    let line = if line.starts_with("//") { "" } else { line };
    // What is in quotes is at odd places.
    let code = line.split('"').step_by(2);
    let words = code.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let words = words.filter(|word| word.starts_with(char::is_uppercase));
    words.skip(usize::from(is_variant))
}

/// Writes an import as rustfmt does.
fn import(path: &str, mut names: Vec<&str>) -> String {
    names.sort_by(|a, b| natural(a, b));
    match names.as_slice() {
        [] => return String::new(),
        [one] => return format!("use {path}::{one};\n"),
        _ => {}
    }
    let all = names.join(", ");
    // The widths are those at which rustfmt breaks lines.
    if path.len() + all.len() + "use ::{};".len() <= 98 {
        return format!("use {path}::{{{all}}};\n");
    }
    if all.len() + "    ,".len() <= 100 {
        return format!("use {path}::{{\n    {all},\n}};\n");
    }
    let mut text = format!("use {path}::{{\n");
    let mut line = String::from("   ");
    for name in names {
        if line.len() + name.len() + 2 > 99 {
            text.push_str(&line);
            text.push('\n');
            line = String::from("   ");
        }
        add!(line, " {name},");
    }
    text + &line + "\n};\n"
}

/// The order of rustfmt: numbers in names count as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (in_a, in_b) = (digits(a), digits(b));
        if in_a > 0 && in_b > 0 {
            let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
            match number(&a[..in_a]).cmp(&number(&b[..in_b])) {
                Ordering::Equal => (a, b) = (&a[in_a..], &b[in_b..]),
                order => return order,
            }
            continue;
        }
        match (a.chars().next(), b.chars().next()) {
            (Some(x), Some(y)) if x == y => (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]),
            (x, y) => return x.cmp(&y),
        }
    }
}

/// A name in the order of rustfmt.
#[derive(PartialEq, Eq)]
pub(super) struct Natural<'a>(pub(super) &'a str);

impl Ord for Natural<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(self.0, other.0).then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for Natural<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Natural<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}
