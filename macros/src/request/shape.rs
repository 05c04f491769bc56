//! What the syntax of a type says about its values, without resolving any name.

use syn::Type;

use crate::words::{BodyFormat, Location, Style};

/// What every value of a type is to serde.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `()`.
    Unit,
    /// A tuple, an array or a slice.
    List { nested: bool },
    /// Only the type knows.
    Unknown,
}

fn shape(ty: &Type) -> Shape {
    let is_list = |ty: &Type| matches!(shape(ty), Shape::List { .. });
    match ty {
        Type::Group(group) => shape(&group.elem),
        Type::Paren(paren) => shape(&paren.elem),
        Type::Reference(reference) => shape(&reference.elem),
        Type::Array(array) => Shape::List {
            nested: is_list(&array.elem),
        },
        Type::Slice(slice) => Shape::List {
            nested: is_list(&slice.elem),
        },
        Type::Tuple(tuple) if tuple.elems.is_empty() => Shape::Unit,
        Type::Tuple(tuple) => Shape::List {
            nested: tuple.elems.iter().any(is_list),
        },
        _ => Shape::Unknown,
    }
}

/// Why no value of the type can be encoded in a location, if that is so.
pub(crate) fn unsupported(
    ty: &Type,
    location: Location,
    style: Style,
    is_flattened: bool,
) -> Option<String> {
    let noun = location.noun();
    match shape(ty) {
        _ if location == Location::Json => None,
        Shape::Unit if is_flattened => None,
        Shape::List { .. } if is_flattened => {
            Some("a list cannot be flattened, `flatten` needs a struct or a map".to_owned())
        }
        Shape::Unit => Some(format!(
            "`()` is unsupported as a {noun}\nuse a type that has a value, or `#[api(skip)]`"
        )),
        Shape::List { .. } if location == Location::Cookie => Some(
            "a list is unsupported as a cookie, declare a cookie for each item, or use a string"
                .to_owned(),
        ),
        Shape::List { .. } if style == Style::Deep => {
            let message =
                "`style = deep` is for structs and maps, write `style = brackets` for a list";
            Some(message.to_owned())
        }
        Shape::List { nested: true } => Some(format!(
            "a list of lists is unsupported as a {noun}, send it as `json` or in a `body`"
        )),
        Shape::List { nested: false } | Shape::Unknown => None,
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
        (Shape::List { .. }, BodyFormat::Form) => Some(
            "a list is unsupported as a form, use a struct or a map, or `#[api(body)]` for JSON",
        ),
        _ => None,
    }
}
