//! Lowers the options that say what a value is on the wire: `flatten`, `json` and `flag`.
//!
//! Each of them leaves nothing to say to some of the other options.

use proc_macro2::Ident;

use super::{field_attr::FieldOptions, model::Notation, serde::SerdeAttrs};
use crate::{diag::Diag, grammar::Slot};

/// What the value is on the wire, where `flatten` is the key that flattens it.
pub(crate) fn lower_notation(
    flatten: Option<&Ident>,
    options: &FieldOptions,
    serde: &SerdeAttrs,
    diag: &mut Diag,
) -> Notation {
    let (json, flag) = (on(&options.json), on(&options.flag));
    let style = ("style", options.style.key());
    let explode = ("explode", options.explode.key());
    let mut check = |notation: &str, key: Option<&Ident>, why: &str, others: &[Other<'_>]| {
        let Some(key) = key else { return };
        for (word, other) in others {
            let Some(other) = other else { continue };
            let message = format!("`{word}` is not allowed beside `{notation}`, {why}");
            diag.error(other, message);
            let message = format!("`{notation}` is not allowed beside `{word}`");
            diag.error(key, message);
        }
    };
    let names = [("name", options.name.key()), ("rename", serde.rename.key())];
    let others = [names[0], style, explode, names[1]];
    check(
        "flatten",
        flatten,
        "which takes the names from the value",
        &others,
    );
    let others = [style, explode, ("flatten", flatten)];
    check("json", json, "which sends the value as JSON text", &others);
    let mut others = others.to_vec();
    others.push(("json", json));
    others.push(("secret", on(&options.secret)));
    others.extend(serde.with.key().map(|key| ("with", Some(key))));
    check(
        "flag",
        flag,
        "which sends the name without a value",
        &others,
    );
    match (json, flag) {
        (Some(_), _) => Notation::Json,
        (None, Some(_)) => Notation::Flag,
        (None, None) => Notation::Plain,
    }
}

/// An option, and its key if it is given.
type Other<'a> = (&'static str, Option<&'a Ident>);

fn on(slot: &Slot<bool>) -> Option<&Ident> {
    slot.key().filter(|_| slot.is_on())
}
