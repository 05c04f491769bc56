//! Where JSON does not fit a type, and why, without its content.
//!
//! A body that does not fit is decoded a second time, slowly, to learn that. Invariant: path and message have what is
//! known at compile time, which is the names of fields and variants and what a type expects, and the kinds of values;
//! neither has a value, the key of a map or a message of a type's own, which may quote one.

use std::{
    cell::RefCell,
    fmt::{self, Display, Write as _},
};

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::reason::Reason;

/// Where and why a value does not fit.
#[derive(Debug, Clone)]
pub(crate) struct Misfit {
    pub(crate) path: Option<String>,
    pub(crate) reason: String,
    /// How many members and elements the path has.
    #[cfg_attr(
        not(all(feature = "server", any(feature = "axum", feature = "client"))),
        allow(dead_code, reason = "what is strict reads it")
    )]
    pub(crate) depth: usize,
    /// The names of the fields, if it is a struct that is read there.
    #[cfg_attr(
        not(all(feature = "server", any(feature = "axum", feature = "client"))),
        allow(dead_code, reason = "what is strict reads it")
    )]
    pub(crate) fields: Option<&'static [&'static str]>,
}

/// Decodes, and returns where and why the JSON does not fit.
pub(crate) fn locate<T: DeserializeOwned>(json: &[u8]) -> Option<Misfit> {
    let track = Track::default();
    let mut json = serde_json::Deserializer::from_slice(json);
    let decoded = T::deserialize(Tracked::new(&mut json, &track));
    let ended = decoded.and_then(|_| json.end().map_err(|error| track.reason(&error)));
    Some(track.misfit(ended.err()?))
}

/// The same about what another deserializer than that of JSON text reads.
pub(super) fn locate_in<'de, T, D>(value: D) -> Option<Misfit>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    let track = Track::default();
    let decoded = T::deserialize(Tracked::new(value, &track));
    Some(track.misfit(decoded.err()?))
}

/// The path to what is decoded, and the reason on its way through an error of `serde_json`, which has no room for
/// it.
#[derive(Default)]
struct Track(RefCell<State>);

#[derive(Default)]
struct State {
    path: Vec<Segment>,
    /// The last key or variant, if it is declared.
    name: Option<&'static str>,
    reason: Option<Reason>,
    /// The fields of the last struct that did not fit, and the depth of its path.
    fields: Option<(usize, &'static [&'static str])>,
}

enum Segment {
    Index(usize),
    /// A member; `None` where its name is content.
    Member(Option<&'static str>),
}

impl Track {
    fn depth(&self) -> usize {
        self.0.borrow().path.len()
    }

    fn enter(&self, segment: Segment) {
        self.0.borrow_mut().path.push(segment);
    }

    /// Returns to what had that depth. Not after an error, so that the path stays.
    fn leave(&self, depth: usize) {
        self.0.borrow_mut().path.truncate(depth);
    }

    fn take_name(&self) -> Option<&'static str> {
        self.0.borrow_mut().name.take()
    }

    /// Hides a reason in an error.
    fn hide<E: de::Error>(&self, reason: Reason) -> E {
        self.0.borrow_mut().reason = Some(reason);
        E::custom("")
    }

    /// The reason that is hidden in an error, or else what `serde_json` says, with the position.
    fn reason(&self, error: &impl Display) -> Reason {
        let error = error.to_string();
        match self.0.borrow_mut().reason.take() {
            Some(reason) if reason.has_position || error.is_empty() => reason,
            Some(reason) => Reason {
                text: reason.text + &error,
                has_position: true,
            },
            None => Reason {
                text: without_value(&error),
                has_position: true,
            },
        }
    }

    /// Notes the fields of what did not fit, unless it is something in it that did not.
    fn note(&self, depth: usize, fields: &'static [&'static str]) {
        let mut state = self.0.borrow_mut();
        if state.path.len() == depth {
            state.fields = Some((depth, fields));
        }
    }

    fn misfit(&self, reason: Reason) -> Misfit {
        let depth = self.depth();
        let fields = self.0.borrow().fields;
        Misfit {
            path: self.path(),
            reason: reason.text,
            depth,
            fields: fields.filter(|(at, _)| *at == depth).map(|it| it.1),
        }
    }

    fn path(&self) -> Option<String> {
        let mut path = String::new();
        for segment in &self.0.borrow().path {
            let dot = if path.is_empty() { "" } else { "." };
            let written = match segment {
                Segment::Index(index) => write!(path, "[{index}]"),
                Segment::Member(name) => write!(path, "{dot}{}", name.unwrap_or("*")),
            };
            written.expect("a `String` takes all");
        }
        (!path.is_empty()).then_some(path)
    }
}

/// Leaves out the value that the message of `serde_json` quotes: a string in quotes, anything else in backticks.
fn without_value(message: &str) -> String {
    let starts = ["invalid type: ", "invalid value: "];
    let Some(start) = starts.iter().find(|start| message.starts_with(**start)) else {
        return message.to_owned();
    };
    let rest = &message[start.len()..];
    let Some(quote) = rest.find(['"', '`']) else {
        return message.to_owned();
    };
    // The kind of a value that is not quoted, such as `null`, comes before what was expected, which may have quotes.
    if rest.find(", expected ").is_some_and(|end| end < quote) {
        return message.to_owned();
    }
    let (kind, quoted) = (rest[..quote].trim_end(), &rest[quote + 1..]);
    let mut is_escaped = false;
    let end = quoted.find(|c| {
        let is_end = rest[quote..].starts_with(c) && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    let after = end.map_or("", |end| &quoted[end + 1..]);
    format!("{start}{kind}{after}")
}

/// A deserializer, a seed, a visitor or an access to members, whose path and errors are tracked.
struct Tracked<'t, X> {
    inner: X,
    track: &'t Track,
    /// The names of the fields or variants, where they are declared.
    names: &'static [&'static str],
    /// It is a key or a variant, one of `names` perhaps.
    is_name: bool,
    /// How many elements came before.
    index: usize,
}

impl<'t, X> Tracked<'t, X> {
    fn new(inner: X, track: &'t Track) -> Self {
        Self {
            inner,
            track,
            names: &[],
            is_name: false,
            index: 0,
        }
    }

    fn named(self, names: &'static [&'static str]) -> Self {
        Self { names, ..self }
    }

    /// The same about what it is read with.
    fn with<Y>(&self, inner: Y) -> Tracked<'t, Y> {
        Tracked {
            inner,
            track: self.track,
            names: self.names,
            is_name: self.is_name,
            index: 0,
        }
    }

    /// The seed of a key or of the name of a variant.
    fn name<S>(&self, seed: S) -> Tracked<'t, S> {
        Tracked {
            is_name: true,
            ..self.with(seed)
        }
    }

    fn saw(&self, text: &str) {
        if self.is_name {
            let name = self.names.iter().find(|name| **name == text);
            self.track.0.borrow_mut().name = name.copied();
        }
    }
}

macro_rules! deserialize {
    ($($method:ident($($arg:ident: $ty:ty),*) $(=> $names:ident)?;)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($arg: $ty,)* visitor: V) -> Result<V::Value, Reason> {
            let track = self.track;
            let visitor = self.with(visitor)$(.named($names))?;
            let decoded = self.inner.$method($($arg,)* visitor);
            decoded.map_err(|error| track.reason(&error))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Tracked<'_, D> {
    type Error = Reason;

    deserialize! {
        deserialize_any(); deserialize_bool(); deserialize_i8(); deserialize_i16(); deserialize_i32();
        deserialize_i64(); deserialize_i128(); deserialize_u8(); deserialize_u16(); deserialize_u32();
        deserialize_u64(); deserialize_u128(); deserialize_f32(); deserialize_f64(); deserialize_char();
        deserialize_str(); deserialize_string(); deserialize_bytes(); deserialize_byte_buf();
        deserialize_option(); deserialize_unit(); deserialize_seq(); deserialize_map();
        deserialize_identifier(); deserialize_ignored_any();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_tuple(length: usize);
        deserialize_tuple_struct(name: &'static str, length: usize);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) => variants;
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        let track = self.track;
        let depth = track.depth();
        let visitor = self.with(visitor).named(fields);
        let decoded = self.inner.deserialize_struct(name, fields, visitor);
        decoded.map_err(|error| {
            track.note(depth, fields);
            track.reason(&error)
        })
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! visit {
    ($($method:ident($ty:ty);)*) => {$(
        fn $method<E: de::Error>(self, value: $ty) -> Result<V::Value, E> {
            let visited = self.inner.$method(value);
            visited.map_err(|reason| self.track.hide(reason))
        }
    )*};
}

macro_rules! visit_text {
    ($($method:ident($ty:ty);)*) => {$(
        fn $method<E: de::Error>(self, value: $ty) -> Result<V::Value, E> {
            self.saw(&value);
            let visited = self.inner.$method(value);
            visited.map_err(|reason| self.track.hide(reason))
        }
    )*};
}

macro_rules! visit_nested {
    ($($method:ident($access:ident: $bound:ident);)*) => {$(
        fn $method<A: $bound<'de>>(self, $access: A) -> Result<V::Value, A::Error> {
            let track = self.track;
            let nested = self.with($access);
            let visited = self.inner.$method(nested);
            visited.map_err(|reason| track.hide(reason))
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Tracked<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool(bool); visit_i8(i8); visit_i16(i16); visit_i32(i32); visit_i64(i64); visit_i128(i128);
        visit_u8(u8); visit_u16(u16); visit_u32(u32); visit_u64(u64); visit_u128(u128); visit_f32(f32);
        visit_f64(f64); visit_char(char); visit_bytes(&[u8]); visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    visit_text! { visit_str(&str); visit_borrowed_str(&'de str); visit_string(String); }

    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        let visited = self.inner.visit_none();
        visited.map_err(|reason| self.track.hide(reason))
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        let visited = self.inner.visit_unit();
        visited.map_err(|reason| self.track.hide(reason))
    }

    visit_nested! {
        visit_some(value: Deserializer);
        visit_newtype_struct(value: Deserializer);
        visit_seq(elements: SeqAccess);
        visit_map(members: MapAccess);
        visit_enum(variant: EnumAccess);
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Tracked<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<S::Value, D::Error> {
        let track = self.track;
        let value = self.with(value);
        let decoded = self.inner.deserialize(value);
        decoded.map_err(|reason| track.hide(reason))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Tracked<'_, A> {
    type Error = Reason;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Reason> {
        let track = self.track;
        let depth = track.depth();
        track.enter(Segment::Index(self.index));
        self.index += 1;
        let next = self.inner.next_element_seed(Tracked::new(seed, track));
        let next = next.map_err(|error| track.reason(&error))?;
        track.leave(depth);
        Ok(next)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Tracked<'_, A> {
    type Error = Reason;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Reason> {
        self.track.take_name();
        let key = self.inner.next_key_seed(self.name(seed));
        key.map_err(|error| self.track.reason(&error))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Reason> {
        let track = self.track;
        let depth = track.depth();
        track.enter(Segment::Member(track.take_name()));
        let value = self.inner.next_value_seed(Tracked::new(seed, track));
        let value = value.map_err(|error| track.reason(&error))?;
        track.leave(depth);
        Ok(value)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, 't, A: EnumAccess<'de>> EnumAccess<'de> for Tracked<'t, A> {
    type Error = Reason;
    type Variant = Tracked<'t, A::Variant>;

    fn variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<(T::Value, Self::Variant), Reason> {
        let track = self.track;
        let seed = self.name(seed);
        let variant = self.inner.variant_seed(seed);
        let (value, variant) = variant.map_err(|error| track.reason(&error))?;
        // Whatever the enum is an element or a member of leaves it, too.
        track.enter(Segment::Member(track.take_name()));
        Ok((value, Tracked::new(variant, track)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Tracked<'_, A> {
    type Error = Reason;

    fn unit_variant(self) -> Result<(), Reason> {
        let unit = self.inner.unit_variant();
        unit.map_err(|error| self.track.reason(&error))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Reason> {
        let seed = Tracked::new(seed, self.track);
        let value = self.inner.newtype_variant_seed(seed);
        value.map_err(|error| self.track.reason(&error))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Reason> {
        let visitor = Tracked::new(visitor, self.track);
        let value = self.inner.tuple_variant(length, visitor);
        value.map_err(|error| self.track.reason(&error))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        let track = self.track;
        let depth = track.depth();
        let visitor = Tracked::new(visitor, track).named(fields);
        let value = self.inner.struct_variant(fields, visitor);
        value.map_err(|error| {
            track.note(depth, fields);
            track.reason(&error)
        })
    }
}
