//! From files to values with their lines, and from a reference to the value it refers to.
//!
//! Invariant: all files that a reference leads to are read before anything is made of them, so later steps do no I/O.

mod json;
mod value;
mod yaml;

use std::{
    fs,
    path::{Path, PathBuf},
};

pub use value::{Data, Object, Value};

use crate::Error;

/// The files of a document.
#[derive(Debug)]
pub struct Sources {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    root: Value,
}

/// A value and the file that it is in.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    /// The value.
    pub value: &'a Value,
    /// The index of the file.
    pub file: usize,
}

/// The target of a reference.
#[derive(Debug, Clone)]
pub(crate) struct Target<'a> {
    /// The value that is referred to.
    pub node: Node<'a>,
    /// The path to it in its file, such as `/components/schemas/Key`; empty for the whole file.
    pub pointer: String,
}

impl Sources {
    /// Reads a document, and the files that its references lead to.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read, or is neither JSON nor YAML.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let mut sources = Self { files: Vec::new() };
        sources.add(clean(path), None)?;
        let mut next = 0;
        while next < sources.files.len() {
            let mut links = Vec::new();
            let file = &sources.files[next];
            find_links(&file.root, false, &mut links);
            let from = file.path.clone();
            for (link, line) in links {
                let path = sibling(&from, &link);
                if sources.files.iter().all(|file| file.path != path) {
                    sources.add(path, Some((&from, line)))?;
                }
            }
            next += 1;
        }
        Ok(sources)
    }

    /// Reads a document that is in memory. References to other files do not resolve.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is neither JSON nor YAML.
    pub fn from_text(path: impl Into<PathBuf>, text: &str) -> Result<Self, Error> {
        let path = path.into();
        let root = parse(&path, text)?;
        Ok(Self {
            files: vec![File { path, root }],
        })
    }

    fn add(&mut self, path: PathBuf, from: Option<(&Path, u32)>) -> Result<(), Error> {
        let text = fs::read_to_string(&path).map_err(|error| match from {
            Some((from, line)) => Error::new(
                from,
                line,
                format!("`{}` cannot be read: {error}", path.display()),
            ),
            None => Error::new(&path, 0, format!("the file cannot be read: {error}")),
        })?;
        let root = parse(&path, &text)?;
        self.files.push(File { path, root });
        Ok(())
    }

    /// Returns the document itself.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node {
            value: &self.files[0].root,
            file: 0,
        }
    }

    /// Returns a place as people write it: `openapi.yaml:123`.
    #[must_use]
    pub fn place(&self, place: crate::Place) -> String {
        match self.files.get(place.file) {
            Some(file) => format!("{}:{}", file.path.display(), place.line),
            None => place.line.to_string(),
        }
    }

    /// Returns the path of a file; empty if there is none of this index.
    pub(crate) fn name(&self, file: usize) -> String {
        let file = self.files.get(file);
        file.map_or_else(String::new, |file| file.path.display().to_string())
    }

    /// Makes an error at a value.
    pub(crate) fn error(&self, node: Node<'_>, message: impl Into<String>) -> Error {
        Error::new(&self.files[node.file].path, node.value.line, message)
    }

    /// Returns what a reference refers to: `#/a/b`, `other.yaml`, `other.yaml#/a/b`.
    pub(crate) fn resolve(&self, from: Node<'_>, reference: &str) -> Result<Target<'_>, Error> {
        let (link, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if link.is_empty() {
            from.file
        } else {
            let path = sibling(&self.files[from.file].path, link);
            let found = self.files.iter().position(|file| file.path == path);
            found.ok_or_else(|| {
                self.error(
                    from,
                    format!("`{reference}` leads to a file that is not there"),
                )
            })?
        };
        let mut value = &self.files[file].root;
        for step in pointer.split('/').skip(1) {
            let name = unescape(step);
            let next = match &value.data {
                Data::Object(object) => object.get(&name),
                Data::List(list) => name.parse::<usize>().ok().and_then(|index| list.get(index)),
                _ => None,
            };
            value = next.ok_or_else(|| {
                self.error(
                    from,
                    format!("`{reference}` refers to nothing: there is no `{name}`"),
                )
            })?;
        }
        Ok(Target {
            node: Node { value, file },
            pointer: pointer.to_owned(),
        })
    }
}

impl<'a> Node<'a> {
    /// Returns a member of an object.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        self.value.get(name).map(|value| self.with(value))
    }

    /// Returns a text that is a member.
    #[must_use]
    pub fn text(self, name: &str) -> Option<&'a str> {
        self.value.get(name)?.as_str()
    }

    /// Returns whether a member is `true`.
    #[must_use]
    pub fn flag(self, name: &str) -> bool {
        self.value.get(name).and_then(Value::as_bool) == Some(true)
    }

    /// Returns the members of a member that is an object.
    pub fn members(self, name: &str) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        let object = self.value.get(name).and_then(Value::as_object);
        object
            .into_iter()
            .flatten()
            .map(move |(name, value)| (name.as_str(), self.with(value)))
    }

    /// Returns the items of a member that is a list.
    pub fn items(self, name: &str) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let list = self
            .value
            .get(name)
            .and_then(Value::as_list)
            .unwrap_or_default();
        list.iter().map(move |value| self.with(value))
    }

    /// Returns the value in the same file.
    #[must_use]
    pub fn with(self, value: &'a Value) -> Node<'a> {
        Node {
            value,
            file: self.file,
        }
    }
}

fn parse(path: &Path, text: &str) -> Result<Value, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // YAML reads JSON, but slowly.
    if text.trim_start().starts_with('{') {
        let json = json::parse(path, text);
        let is_yaml = path
            .extension()
            .is_some_and(|it| it == "yaml" || it == "yml");
        if json.is_ok() || !is_yaml {
            return json;
        }
    }
    yaml::parse(path, text)
}

/// The files that references lead to, with the lines of the references. Extensions and examples may refer to anything.
fn find_links(value: &Value, is_named_by_user: bool, links: &mut Vec<(String, u32)>) {
    match &value.data {
        Data::List(list) => list.iter().for_each(|item| find_links(item, false, links)),
        Data::Object(object) => {
            for (name, member) in object.iter() {
                let is_ignored = name.starts_with("x-")
                    || matches!(
                        name.as_str(),
                        "example" | "examples" | "default" | "enum" | "const"
                    );
                if is_ignored && !is_named_by_user {
                    continue;
                }
                match member.as_str() {
                    Some(reference) if name == "$ref" && !is_named_by_user => {
                        let link = reference.split('#').next().unwrap_or_default();
                        if !link.is_empty() {
                            links.push((link.to_owned(), member.line));
                        }
                    }
                    _ => find_links(member, name == "properties" && !is_named_by_user, links),
                }
            }
        }
        _ => {}
    }
}

/// The path of a file that is named relative to another one.
fn sibling(from: &Path, link: &str) -> PathBuf {
    let folder = from.parent().unwrap_or(Path::new(""));
    clean(&folder.join(percent_decoded(link)))
}

/// A path without the segments `.` and `..`, so that equal files have equal paths.
fn clean(joined: &Path) -> PathBuf {
    let mut path = PathBuf::new();
    for part in joined.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if path.file_name().is_some() => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

/// A step of a JSON pointer in a URL fragment.
fn unescape(step: &str) -> String {
    percent_decoded(step).replace("~1", "/").replace("~0", "~")
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text
            .get(at + 1..at + 3)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = hex.filter(|_| bytes[at] == b'%') {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
