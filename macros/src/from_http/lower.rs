//! Refuses what is sent and cannot be read back.

use crate::{
    diag::Diag,
    generics::has_reference,
    request::{
        model::{Body, Param, ParamKind},
        path::Piece,
    },
};

pub(super) fn check(params: &[Param<'_>], route: &[Piece], body: &Body<'_>, diag: &mut Diag) {
    for param in params {
        if let ParamKind::Url = param.kind {
            let message = "a request whose `url` is a field cannot be read: nothing says which URLs are of the operation\nleave out `FromHttp`, or declare a `path`";
            diag.error(param.field.ty, message);
        }
    }
    if let Body::Whole {
        with: Some(with), ..
    } = body
    {
        let message = "a body in a format of its own cannot be read: `BodyFormat` only encodes\nleave out `FromHttp`, or declare the body as `bytes`";
        diag.error(with, message);
    }
    check_owned(params, body, diag);
    check_segments(params, diag);
    check_neighbors(params, route, diag);
}

/// What is read does not outlive the request.
fn check_owned(params: &[Param<'_>], body: &Body<'_>, diag: &mut Diag) {
    let (members, whole) = match body {
        Body::None => (&[][..], None),
        Body::Whole { field, .. } => (&[][..], Some(field)),
        Body::Members(_, members) => (members.as_slice(), None),
    };
    // A flattened field of a form is among the parameters too.
    let is_one = |param: &&Param<'_>| !matches!(param.kind, ParamKind::Group);
    let params = params.iter().chain(members).filter(is_one);
    let fields = params.map(|param| &param.field).chain(whole);
    for field in fields.filter(|field| has_reference(field.ty)) {
        let message = "a reference cannot be read, because the request is gone after it is read\nuse a type that owns its value, such as `String` or `Vec`";
        diag.error(field.ty, message);
    }
}

/// Of two values of several segments, nothing says where one ends.
fn check_segments(params: &[Param<'_>], diag: &mut Diag) {
    let is_path = |param: &&Param<'_>| matches!(param.kind, ParamKind::Path { segments: true, .. });
    for param in params.iter().filter(is_path).skip(1) {
        let message = "the path has another field of several segments, and where one ends cannot be read\nleave out `FromHttp`, or one `segments`";
        diag.error(param.field.ty, message);
    }
}

/// Nor of two without text between them.
fn check_neighbors(params: &[Param<'_>], route: &[Piece], diag: &mut Diag) {
    for pair in route.windows(2) {
        let [Piece::Placeholder(first), Piece::Placeholder(second)] = pair else {
            continue;
        };
        let mut params = params.iter();
        let is_second = |param: &&Param<'_>| {
            matches!(param.kind, ParamKind::Path { .. }) && param.name == *second
        };
        if let Some(param) = params.find(is_second) {
            let message = format!(
                "nothing is between `{{{first}}}` and `{{{second}}}`, so where one ends cannot be read\nleave out `FromHttp`, or put text between them"
            );
            diag.error(param.field.ty, message);
        }
    }
}
