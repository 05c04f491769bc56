//! Lowers fields that are groups, and refuses what a group cannot have.

use super::{
    field::{FieldSource, Lowering},
    model::{Field, Flatten, Notation, Param, ParamKind, SerdeFunctions},
};
use crate::words::{FieldOption, Location};

impl<'a> Lowering<'a, '_> {
    /// Whether the field is flattened, and only a group says where its values go.
    pub(super) fn is_group_field(&self, source: &FieldSource<'_>) -> bool {
        let FieldSource { attrs, serde, .. } = source;
        let fallback = self.attrs.fields.get();
        let members = FieldOption::Flatten.locations();
        let has_location = match fallback {
            Some(location) => members.contains(location),
            // What is wrong is reported already.
            None => self.attrs.tried("fields"),
        };
        attrs.options.flatten.is_on()
            && attrs.locations.is_empty()
            && serde.skip.get().is_none()
            && !has_location
            && !self.template.has_placeholder(&source.name())
    }

    /// Whether a flattened field, whose members would go where `fields` says, may be a group as well.
    pub(super) fn may_be_group(&self, source: &FieldSource<'_>) -> bool {
        let FieldSource {
            attrs,
            serde,
            field,
            ..
        } = source;
        attrs.options.given.len() == 1
            && attrs.options.flatten.is_on()
            && attrs.locations.is_empty()
            && serde.keys().next().is_none()
            && !self.attrs.is_group
            // A type parameter has the bound of one of the two.
            && !self.type_params.are_in(field.ty)
    }

    pub(super) fn lower_group(&mut self, source: FieldSource<'a>) {
        let FieldSource {
            field,
            attrs,
            serde,
            at,
        } = source;
        self.all.push((field.name.clone(), Location::Query));
        if self.attrs.is_group {
            let message = "a group cannot have another one: flatten each into the request\na map says where it goes, as in `#[api(query(flatten))]`";
            self.diag.error(at, message);
            return;
        }
        let options = attrs.options.given.iter();
        let options = options.filter(|(_, option)| *option != FieldOption::Flatten);
        for key in options.map(|(key, _)| key).chain(serde.keys()) {
            let message = format!(
                "`{key}` is not allowed beside `flatten`: the fields of a group have options of their own\na map says where it goes, as in `#[api(query(flatten))]`"
            );
            self.diag.error(key, message);
        }
        self.push_group(field, Flatten::Group);
    }

    pub(super) fn push_group(&mut self, field: Field<'a>, flatten: Flatten) {
        self.params.push(Param {
            field,
            kind: ParamKind::Group,
            name: String::new(),
            wire: String::new(),
            secret: false,
            flatten,
            notation: Notation::Plain,
            serde: SerdeFunctions::default(),
        });
    }

    /// A group has nothing in a body.
    pub(super) fn refuse_in_group(&mut self, location: Location, source: &FieldSource<'_>) {
        // A location that `fields` says is reported there.
        if let Some((key, _)) = source.attrs.locations.first() {
            let word = location.word();
            let message = format!(
                "a group has no `{word}`: it has path, query, header and cookie parameters\ndeclare the field on each request"
            );
            self.diag.error(key, message);
        }
    }
}
