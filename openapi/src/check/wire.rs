//! How lists and objects are written, by the style of the document and by that of the declaration.

use std::fmt;

use api_request::Param;

use super::schema::{Kinds, kinds, members};
use crate::document::{Additional, Document, Schema};

/// How a value is said to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `a=1&a=2`.
    Repeated,
    /// `k=1&l=2`: the members without the name.
    Members,
    /// The items, or names and values, with this between them.
    Joined(&'static str),
    /// `k=1,l=2`, in a path or a header.
    Pairs,
    /// `a[]=1`, `a[k]=1`.
    Brackets,
    /// `a.k=1`.
    Dots,
    /// `.a`, `;a=1`: with a mark that no declaration writes.
    Marked(&'static str),
}

/// What of a parameter or of a member of a form says how it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Styled<'a> {
    pub(super) style: Option<&'a str>,
    pub(super) explode: Option<bool>,
    /// Whether it is in a path or a header, where the style is `simple` by default.
    pub(super) is_simple: bool,
}

impl<'a> Styled<'a> {
    /// What a declaration says.
    pub(super) fn of(param: &'a Param, is_simple: bool) -> Self {
        Self {
            style: param.style(),
            explode: Some(param.explode()),
            is_simple,
        }
    }

    fn style(&self) -> &'a str {
        let default = if self.is_simple { "simple" } else { "form" };
        self.style.unwrap_or(default)
    }

    /// How a list is written, or an object.
    fn form(&self, is_list: bool) -> Form {
        let style = self.style();
        let explode = self.explode.unwrap_or(style == "form");
        match style {
            "label" => Form::Marked("."),
            "matrix" => Form::Marked(";"),
            "simple" if explode && !is_list => Form::Pairs,
            "simple" => Form::Joined(","),
            // `explode` says how the members are written in these styles, too.
            "deepObject" | "brackets" => Form::Brackets,
            "dots" => Form::Dots,
            _ if explode && is_list => Form::Repeated,
            _ if explode => Form::Members,
            "spaceDelimited" => Form::Joined("%20"),
            "pipeDelimited" => Form::Joined("%7C"),
            _ => Form::Joined(","),
        }
    }
}

/// How the form of a declaration differs from that of the document, if the values are such that it matters.
pub(super) fn mismatch(
    document: &Document,
    schema: &Schema,
    name: &str,
    said: Styled<'_>,
    declared: Styled<'_>,
) -> Option<String> {
    let kinds = kinds(document, schema);
    if let Form::Marked(mark) = said.form(true) {
        return Some(format!(
            "has a value that begins with `{mark}` in the document, by the style `{}`, which cannot be declared",
            said.style()
        ));
    }
    if kinds.is_scalar() {
        let style = declared.style();
        let is_of_many = matches!(
            style,
            "spaceDelimited" | "pipeDelimited" | "deepObject" | "dots"
        );
        return is_of_many.then(|| {
            "is a list or an object, and neither in the document: leave out the `style`".to_owned()
        });
    }
    let is_list = kinds.is_list_only();
    // Of other values, the type of the field would have to be known.
    if !is_list && !kinds.is_object_only() {
        return None;
    }
    // No style of OpenAPI says how these are written.
    if is_nested(document, schema, kinds) {
        return None;
    }
    // In a path and a header, the value comes without a name.
    let name = if said.is_simple {
        String::new()
    } else {
        format!("{name}=")
    };
    let (said, declared) = (said.form(is_list), declared.form(is_list));
    (said != declared).then(|| {
        let shown = |form| Shown {
            form,
            name: &name,
            is_list,
        };
        format!(
            "is sent as `{}`, and is `{}` in the document{}",
            shown(declared),
            shown(said),
            said.advice(is_list)
        )
    })
}

/// Whether items or members may be lists or objects.
fn is_nested(document: &Document, schema: &Schema, of: Kinds) -> bool {
    let is_not_scalar = |schema: &Schema| !kinds(document, schema).is_scalar();
    let flat = document.flat(schema);
    if of.is_list_only() {
        return flat.items.is_none_or(is_not_scalar) && !flat.is_tuple;
    }
    let members = members(document, schema);
    members.named.values().any(|member| is_not_scalar(member))
        || flat.additional.is_some_and(is_not_scalar)
        || matches!(schema.additional, Additional::Any)
}

impl Form {
    /// What to write in the declaration.
    fn advice(self, is_list: bool) -> &'static str {
        match self {
            Self::Repeated => ": leave out `style` and `explode`",
            Self::Members => ": write `style = form`",
            Self::Joined(",") => ": write `explode = false`",
            Self::Joined("%20") => ": write `style = space`",
            Self::Joined(_) => ": write `style = pipe`",
            Self::Pairs => ": write `explode`",
            Self::Brackets if is_list => ": write `style = brackets`",
            Self::Brackets => ": write `style = deep`",
            Self::Dots | Self::Marked(_) => "",
        }
    }
}

/// An example of a form.
struct Shown<'a> {
    form: Form,
    /// With the equals sign, or empty.
    name: &'a str,
    is_list: bool,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            form,
            name,
            is_list,
        } = *self;
        let bare = name.trim_end_matches('=');
        match form {
            Form::Repeated => write!(f, "{name}1&{name}2"),
            Form::Members => f.write_str("k=1&l=2"),
            Form::Joined(between) if is_list => write!(f, "{name}1{between}2"),
            Form::Joined(between) => write!(f, "{name}k{between}1{between}l{between}2"),
            Form::Pairs => f.write_str("k=1,l=2"),
            Form::Brackets if is_list => write!(f, "{bare}[]=1&{bare}[]=2"),
            Form::Brackets => write!(f, "{bare}[k]=1&{bare}[l]=2"),
            Form::Dots => write!(f, "{bare}.k=1&{bare}.l=2"),
            Form::Marked(mark) => f.write_str(mark),
        }
    }
}
