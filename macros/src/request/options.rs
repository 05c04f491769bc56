//! Checks of one field: whether its location has the options and the attributes of serde that are written.

use super::{
    field::{FieldSource, Lowering},
    field_attr::FieldOptions,
};
use crate::{
    diag::all_of,
    wire,
    words::{BodyFormat, FieldOption, Location},
};

impl Lowering<'_, '_> {
    pub(crate) fn check_options(&mut self, location: Location, options: &FieldOptions) {
        let word = location.word();
        for (key, option) in &options.given {
            let locations = option.locations();
            if locations.contains(&location) {
                continue;
            }
            let message = if (*option, location) == (FieldOption::Flatten, Location::Json) {
                "JSON members are flattened by serde, write `#[serde(flatten)]`".to_owned()
            } else if (*option, location) == (FieldOption::Json, Location::Part) {
                "a part is JSON by its type, write `content_type = \"application/json\"`".to_owned()
            } else {
                let locations = all_of(locations.iter().map(|location| location.word()));
                format!("`{key}` is an option of {locations}, not of `{word}`")
            };
            self.diag.error(key, message);
        }
        if let (Some(key), true, true) = (
            options.explode.key(),
            options.explode.is_on(),
            options.segments.is_on(),
        ) {
            let message = "`explode` is for structs and maps, which `segments` does not take";
            self.diag.error(key, message);
        }
        let (Some(key), Some(explode)) = (options.explode.key(), options.explode.get()) else {
            return;
        };
        let (style, word) = (options.style(), options.style().word());
        if let Some(always) = style.explodes().filter(|always| always != explode) {
            let message = format!(
                "`explode = {explode}` is not possible with `style = {word}`, leave it out or write `explode = {always}`"
            );
            self.diag.error(key, message);
        }
    }

    /// serde's attributes that the location cannot honor.
    pub(crate) fn check_serde(&mut self, location: Location, source: &FieldSource<'_>) {
        let FieldSource { serde, attrs, .. } = source;
        if let (Location::Url, Some(key)) = (location, serde.absence()) {
            let message = format!(
                "`{key}` is not allowed on a `url`, without which the request is sent nowhere"
            );
            self.diag.error(key, message);
        }
        if let (Location::Path, Some(key)) = (location, serde.absence()) {
            let message =
                format!("`{key}` is not allowed in a path, where each placeholder needs a value");
            self.diag.error(key, message);
            self.excused.insert(source.name());
        }
        let instead = match location {
            Location::Path => Some("declare a field for each placeholder"),
            Location::Url => Some("the value is text, leave it out"),
            Location::Cookie => Some("declare a cookie for each member"),
            Location::Part => Some("declare a part for each member"),
            Location::Body => Some("a whole `body` has no members beside its own, leave it out"),
            _ => None,
        };
        if let (Some(key), Some(instead)) = (serde.flatten.key(), instead) {
            let noun = location.noun();
            let message = format!("a {noun} cannot be flattened: {instead}");
            self.diag.error(key, message);
        }
        if !matches!(location, Location::Body | Location::Url) {
            return;
        }
        if let Some(key) = serde.rename.key() {
            let word = location.word();
            let message = format!("a whole `{word}` has no name, leave out `rename`");
            self.diag.error(key, message);
        }
        if location == Location::Url {
            return;
        }
        let format = attrs.format.get().copied();
        if let Some(key) = serde.with.key() {
            let message = match format {
                Some(format @ (BodyFormat::Bytes | BodyFormat::Stream)) => {
                    let word = format.word();
                    format!(
                        "`{key}` is not allowed on a `body = {word}`, which is sent without serde: give the field the {word} to send"
                    )
                }
                Some(BodyFormat::With) => format!(
                    "serde's `{key}` is not allowed beside `body(with = …)`, which encodes the value: leave it out"
                ),
                _ => return,
            };
            self.diag.error(key, message);
        }
    }

    /// The options that describe a part, or a whole body.
    pub(crate) fn check_part(&mut self, options: &FieldOptions) {
        let filename = options.filename.get();
        let is_filename = |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_control());
        if let Some(literal) = filename.filter(|literal| !is_filename(&literal.value())) {
            let message = "a filename is not empty and has no control characters";
            self.diag.error(literal, message);
        }
        let content_type = options.content_type.get();
        if let Some(literal) = content_type.filter(|it| !wire::is_media_type(&it.value())) {
            let message = "a content type is written `type/subtype`, in visible ASCII";
            self.diag.error(literal, message);
        }
    }
}
