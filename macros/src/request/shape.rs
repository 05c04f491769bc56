//! What the syntax of a type says about its values, without resolving any name.

use syn::Type;

use super::model::Notation;
use crate::{
    generics::{in_argument, is_std},
    words::{BodyFormat, Location, Style},
};

/// What every value of a type is to serde.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `()`.
    Unit,
    /// A tuple, an array or a slice.
    List {
        /// An item is a list.
        nested: bool,
        /// Every item may be a pair.
        pairs: bool,
    },
    /// Only the type knows.
    Unknown,
}

fn shape(ty: &Type) -> Shape {
    let list = |items: &[&Type]| Shape::List {
        nested: items
            .iter()
            .any(|ty| matches!(shape(ty), Shape::List { .. })),
        pairs: items.iter().all(|ty| may_be_pair(ty)),
    };
    match ty {
        Type::Group(group) => shape(&group.elem),
        Type::Paren(paren) => shape(&paren.elem),
        Type::Reference(reference) => shape(&reference.elem),
        Type::Array(array) => list(&[&array.elem]),
        Type::Slice(slice) => list(&[&slice.elem]),
        Type::Tuple(tuple) if tuple.elems.is_empty() => Shape::Unit,
        Type::Tuple(tuple) => list(&tuple.elems.iter().collect::<Vec<_>>()),
        _ => Shape::Unknown,
    }
}

/// Whether a value of the type may be a name and what it names.
fn may_be_pair(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => may_be_pair(&group.elem),
        Type::Paren(paren) => may_be_pair(&paren.elem),
        Type::Reference(reference) => may_be_pair(&reference.elem),
        Type::Tuple(tuple) => tuple.elems.len() == 2,
        Type::Path(_) => !is_scalar(ty),
        _ => true,
    }
}

/// Whether the type is written as bytes, which are a list of numbers to serde.
fn is_bytes(ty: &Type) -> bool {
    let is_byte = |ty: &Type| matches!(ty, Type::Path(path) if path.path.is_ident("u8"));
    match in_argument(ty, "Option") {
        Type::Group(group) => is_bytes(&group.elem),
        Type::Paren(paren) => is_bytes(&paren.elem),
        Type::Reference(reference) => is_bytes(&reference.elem),
        Type::Array(array) => is_byte(&array.elem),
        Type::Slice(slice) => is_byte(&slice.elem),
        ty => is_byte(in_argument(ty, "Vec")) && !is_byte(ty),
    }
}

/// Why no value of the type can be encoded in a location, if that is so.
pub(crate) fn unsupported(
    ty: &Type,
    location: Location,
    style: Style,
    is_flattened: bool,
    notation: Notation,
) -> Option<String> {
    let noun = location.noun();
    match shape(ty) {
        _ if location == Location::Json => None,
        // A flag has a trait of its own.
        _ if notation != Notation::Plain => None,
        _ if location == Location::Part && is_bytes(ty) => Some(
            "a list of `u8` is a part for each byte\nuse a `Part`, made by `Part::bytes(…)`, or `bytes::Bytes`"
                .to_owned(),
        ),
        Shape::Unit if is_flattened => None,
        Shape::List { pairs, .. } if is_flattened => (!pairs).then(|| {
            "a list cannot be flattened, `flatten` needs a struct, a map or a list of pairs"
                .to_owned()
        }),
        Shape::Unit => Some(format!(
            "`()` is unsupported as a {noun}\nuse a type that has a value, or `#[api(skip)]`"
        )),
        Shape::List { .. } if location == Location::Url => {
            Some("a list is unsupported as a URL, use a string".to_owned())
        }
        Shape::List { .. } if location == Location::Cookie => Some(
            "a list is unsupported as a cookie, declare a cookie for each item, or use a string"
                .to_owned(),
        ),
        Shape::List { .. } if matches!(style, Style::Deep | Style::Dots) => {
            let word = style.word();
            Some(format!(
                "`style = {word}` is for structs and maps, write `style = brackets` for a list"
            ))
        }
        Shape::List { nested: true, .. } => match location {
            Location::Query | Location::Form if style == Style::Brackets => None,
            Location::Query | Location::Form => Some(format!(
                "a list of lists is unsupported as a {noun} of this style, write `style = brackets`, or send it as `json` or in a `body`"
            )),
            _ => Some(format!(
                "a list of lists is unsupported as a {noun}, send it as `json` or in a `body`"
            )),
        },
        Shape::List { nested: false, .. } | Shape::Unknown => None,
    }
}

const NOT_LINES: &str = "`body = lines` sends each item of a list as a line of JSON: use a list, such as a `Vec`, or `#[api(body)]` for one JSON value";

/// Whether the type is a number or a text of the standard library.
fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_scalar(&group.elem),
        Type::Paren(paren) => is_scalar(&paren.elem),
        Type::Reference(reference) => is_scalar(&reference.elem),
        Type::Path(path) => path.path.get_ident().is_some() && is_std(ty),
        _ => false,
    }
}

/// Why no value of the type can be encoded as a whole body, if that is so.
pub(crate) fn unsupported_body(ty: &Type, format: BodyFormat) -> Option<&'static str> {
    match (shape(ty), format) {
        (Shape::Unit, BodyFormat::Text) => {
            Some("`()` is unsupported as a text body, use a type that has a value")
        }
        (Shape::List { .. }, BodyFormat::Text) => Some(
            "a list is unsupported as a text body, write `#[api(body)]` for JSON, or use a string",
        ),
        (Shape::Unit, BodyFormat::Lines) => Some(NOT_LINES),
        (_, BodyFormat::Lines) if is_scalar(ty) => Some(NOT_LINES),
        (Shape::List { pairs: false, .. }, BodyFormat::Form) => Some(
            "a list is unsupported as a form, use a struct, a map or a list of pairs, or `#[api(body)]` for JSON",
        ),
        _ => None,
    }
}
