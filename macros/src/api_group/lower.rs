//! Lowers the input and its attributes into the model, by the rules for requests.

use syn::{DeriveInput, LitStr, ext::IdentExt as _};

use super::model::Group;
use crate::{
    diag::Diag,
    item::lower_runtime,
    request::{
        attr::StructAttrs,
        field::Lowering,
        lower::{check_rename_all, lower_constants, lower_fields, lower_path},
    },
    words::Location,
};

pub(crate) fn lower<'a>(
    input: &'a DeriveInput,
    attrs: &'a StructAttrs,
    diag: &mut Diag,
) -> Group<'a> {
    check_rename_all(&attrs.rename_all, &attrs.serde.rename_all, diag);
    check_fields(attrs, diag);
    let runtime = lower_runtime(&attrs.runtime, diag);
    let template = lower_path(input, attrs, diag);
    let mut cx = Lowering::new(input, attrs, &template, diag);
    let constants = lower_constants(&mut cx);
    lower_fields(input, &mut cx);
    check_content_type(&mut cx);
    Group {
        input,
        runtime,
        name: input.ident.unraw().to_string(),
        path: attrs.path.get().map(LitStr::value).unwrap_or_default(),
        auth: attrs.auth.get(),
        error: attrs.error.get(),
        constants,
        params: cx.params,
        route: template.pieces,
    }
}

/// A group has nothing in a body.
fn check_fields(attrs: &StructAttrs, diag: &mut Diag) {
    let Some(location) = attrs.fields.get().filter(|it| !it.is_of_group()) else {
        return;
    };
    let word = location.word();
    let message = format!(
        "a group has no `{word}`: it has path, query, header and cookie parameters\ndeclare such fields on each request"
    );
    diag.error(attrs.fields.key(), message);
}

/// The type of a body belongs to the request that has the body.
fn check_content_type(cx: &mut Lowering<'_, '_>) {
    if let Some(at) = cx.claims.taken_by(Location::Header, "content-type") {
        let message = "`Content-Type` is the type of a body, and a group has none: declare it on each request";
        cx.diag.error(at, message);
    }
}
