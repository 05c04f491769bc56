//! What operations share, as data, and the check that nothing in it clashes with what an operation declares itself.
//!
//! Everything here runs while the program is compiled. A clash is a panic in a constant, at the place that the expansion
//! gives to the call.

use super::{
    Auth, Constant, Group, Idempotency, Location, Operation, Param, ParamKind,
    text::{Text, is_same_name, is_same_text},
};

impl Operation {
    /// The parameters of the group and of flattened ones, and its own, in the order in which they are sent. A header or
    /// cookie of a group is left out where the request declares it.
    pub(crate) fn declared(
        &self,
    ) -> impl DoubleEndedIterator<Item = &'static Param> + Clone + use<> {
        let operation = *self;
        let of_group = self.group.unwrap_or(Group::NONE).fields.iter();
        let of_group = of_group.filter(move |param| {
            let name = Name::of_param(param);
            !operation.overrides
                || !name.may_be_replaced()
                || name.other(&operation, operation.fields.len()).is_none()
        });
        let own = self.fields.iter().flat_map(move |field| {
            let is_group = matches!(field.kind, ParamKind::Group(_));
            field.declared().iter().filter(move |param| {
                let name = Name::of_param(param);
                !operation.overrides
                    || !is_group
                    || !name.may_be_replaced()
                    || !name.is_direct(&operation)
            })
        });
        of_group.chain(own)
    }
}

/// How the expansion states that an operation has groups.
#[doc(hidden)]
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    missing_docs,
    reason = "they are called by the expansion alone"
)]
impl Operation {
    /// It is in a group, whose path comes before its own. `auth` is what the operation itself declares.
    pub const fn in_group(mut self, group: &'static Group, auth: Option<Auth>) -> Self {
        self.group = Some(group);
        self.auth = match (auth, group.auth) {
            (Some(auth), _) | (None, Some(auth)) => auth,
            (None, None) => Auth::Optional,
        };
        if has_maps(group.fields) || has_maps(self.fields) || self.replaces(group) {
            self.overrides = true;
        }
        self
    }

    /// The field of this index may be a group.
    pub const fn with_flattened(mut self, index: usize) -> Self {
        if let ParamKind::Group(group) = self.fields[index].kind {
            self.overrides = self.overrides || self.replaces(group);
        }
        self
    }

    /// Whether a header or cookie is sent in place of one of the group.
    const fn replaces(&self, group: &Group) -> bool {
        let mut at = 0;
        while at < group.len() {
            let name = group.name(at);
            if name.may_be_replaced() && name.other(self, self.fields.len()).is_some() {
                return true;
            }
            at += 1;
        }
        false
    }

    /// The group that it is in has no name of its own fields, but for headers and cookies, which are sent in place of the
    /// group's.
    #[track_caller]
    pub const fn check_group(&self) {
        let Some(group) = self.group else { return };
        let mut at = 0;
        while at < group.len() {
            let name = group.name(at);
            if name.is_key(self) {
                name.clash(group.name, "`idempotency_key`");
            }
            match name.other(self, self.fields.len()) {
                Some(other) if !name.may_be_replaced() => name.clash(group.name, other),
                _ => {}
            }
            at += 1;
        }
    }

    /// The same of the field of this index, which may be a group, and of other groups before it.
    #[track_caller]
    pub const fn check_flattened(&self, index: usize) {
        let ParamKind::Group(group) = self.fields[index].kind else {
            return;
        };
        if let Some(what) = group.refuses_flatten() {
            Text::new("the group `")
                .and(group.name)
                .and("` declares ")
                .and(what)
                .and(", so it cannot be flattened: write `in = ")
                .and(group.name)
                .and("` on the request")
                .panic();
        }
        let mut at = 0;
        while at < group.len() {
            let name = group.name(at);
            if name.is_key(self) {
                name.clash(group.name, "`idempotency_key`");
            }
            match name.other(self, index) {
                Some(_) if name.may_be_replaced() && name.is_direct(self) => {}
                Some(other) => name.clash(group.name, other),
                None => {}
            }
            at += 1;
        }
    }
}

impl Group {
    /// How many names it has.
    const fn len(&self) -> usize {
        self.fields.len() + self.constants.len()
    }

    const fn name(&self, at: usize) -> Name {
        if at < self.fields.len() {
            Name::of_param(&self.fields[at])
        } else {
            Name::of_constant(&self.constants[at - self.fields.len()])
        }
    }

    /// Why the group cannot be a field of a request, if so.
    const fn refuses_flatten(&self) -> Option<&'static str> {
        if !self.path.is_empty() {
            Some("a `path`")
        } else if self.has_error {
            Some("an `error`")
        } else if self.auth.is_some() {
            Some("`auth`")
        } else if !self.constants.is_empty() {
            Some("constants")
        } else {
            None
        }
    }
}

/// A name in a location.
#[derive(Clone, Copy)]
struct Name {
    location: Location,
    /// As it is written.
    text: &'static str,
    is_flattened: bool,
}

impl Name {
    const fn of_param(param: &Param) -> Self {
        Self {
            location: param.location(),
            text: param.wire,
            is_flattened: param.flatten,
        }
    }

    const fn of_constant(constant: &Constant) -> Self {
        let (location, text) = match *constant {
            Constant::Query { name, .. } | Constant::Name(name) => (Location::Query, name),
            Constant::Header { name, .. } => (Location::Header, name),
        };
        Self {
            location,
            text,
            is_flattened: false,
        }
    }

    /// Whether a request may declare it too.
    const fn may_be_replaced(&self) -> bool {
        matches!(self.location, Location::Header | Location::Cookie)
    }

    const fn is(&self, other: &Self) -> bool {
        if self.is_flattened || other.is_flattened {
            return false;
        }
        match (self.location, other.location) {
            (Location::Header, Location::Header) => is_same_name(self.text, other.text),
            (Location::Path, Location::Path)
            | (Location::Query, Location::Query)
            | (Location::Cookie, Location::Cookie) => is_same_text(self.text, other.text),
            _ => false,
        }
    }

    /// Whether one of the fields has it, groups left out.
    const fn is_in(&self, fields: &[Param]) -> bool {
        let mut at = 0;
        while at < fields.len() {
            let is_group = matches!(fields[at].kind, ParamKind::Group(_));
            if !is_group && self.is(&Self::of_param(&fields[at])) {
                return true;
            }
            at += 1;
        }
        false
    }

    const fn is_constant(&self, constants: &[Constant]) -> bool {
        let mut at = 0;
        while at < constants.len() {
            if self.is(&Self::of_constant(&constants[at])) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Whether the request itself declares it.
    const fn is_direct(&self, operation: &Operation) -> bool {
        self.is_in(operation.fields) || self.is_constant(operation.constants)
    }

    /// Whether it is the header of the idempotency key, which the client makes.
    const fn is_key(&self, operation: &Operation) -> bool {
        match operation.idempotency {
            Idempotency::Key(key) => self.is(&Self {
                location: Location::Header,
                text: key,
                is_flattened: false,
            }),
            Idempotency::OfMethod | Idempotency::Declared => false,
        }
    }

    /// What else declares it: the request, or a flattened group before the field of this index, by its name.
    const fn other(&self, operation: &Operation, index: usize) -> Option<&'static str> {
        if self.is_direct(operation) {
            return Some("");
        }
        let mut at = 0;
        while at < index {
            if let ParamKind::Group(group) = operation.fields[at].kind {
                if self.is_in(group.fields) {
                    return Some(group.name);
                }
            }
            at += 1;
        }
        None
    }

    /// `other` is the name of a group, or what it is in backticks.
    #[track_caller]
    const fn clash(&self, group: &str, other: &str) -> ! {
        let what = match self.location {
            Location::Path => "the placeholder `",
            Location::Query => "the query parameter `",
            Location::Header => "the header `",
            Location::Cookie => "the cookie `",
            Location::Url | Location::Body => "`",
        };
        let text = Text::new(what)
            .and(self.text)
            .and("` of the group `")
            .and(group)
            .and("` is declared by ");
        let text = match other.as_bytes() {
            [] => text.and("the request"),
            [b'`', ..] => text.and(other),
            _ => text.and("the group `").and(other).and("`"),
        };
        text.and(" too").panic()
    }
}

/// Whether some of the headers have names that depend on the value.
const fn has_maps(fields: &[Param]) -> bool {
    let mut at = 0;
    while at < fields.len() {
        let has = match fields[at].kind {
            ParamKind::Header { .. } => fields[at].flatten,
            ParamKind::Group(group) => has_maps(group.fields),
            _ => false,
        };
        if has {
            return true;
        }
        at += 1;
    }
    false
}
