//! Where JSON does not fit a type, and why, without its content.
//!
//! A body that does not fit is decoded a second time, slowly, to learn that. What is on the way is kept in `track.rs`; the
//! elements of arrays that come before the error are left out, by `route.rs`. The same tells a check which names are read.
//!
//! All of this is compiled for each type that is decoded. Where `inline(never)` stands, a part of it is compiled once for
//! all structs that have a field of a type.

use std::fmt;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};
use serde_json::de::SliceRead;

#[cfg(feature = "server")]
use super::names::Notes;
use super::{
    names::NamesKind,
    reason::Reason,
    route::{Cut, Position},
    track::{Misfit, Track},
};
use crate::open_enum;

/// Decodes, and returns where and why the JSON does not fit.
///
/// The elements of arrays before the position of the error fit, so they are left out. A type for which that makes a
/// difference fails elsewhere, or not at all, or is not a list: then everything is decoded.
pub(crate) fn locate<T: DeserializeOwned>(
    json: &[u8],
    position: Option<Position>,
) -> Option<Misfit> {
    locate_by(json, position, read::<T>)
}

fn locate_by(json: &[u8], position: Option<Position>, read: Read) -> Option<Misfit> {
    if let Some(position) = position {
        let Cut {
            json,
            suffix,
            route,
        } = position.cut(json);
        let track = Track::to(route);
        let failed = decode(&json, &track, read);
        let reason = failed.as_ref().map_or("", |reason| &*reason.text);
        let reason = reason.strip_suffix(&*suffix);
        if let Some(reason) = reason.filter(|_| !track.is_misled()) {
            let reason = Reason::new(reason.to_owned() + &position.suffix());
            return Some(track.misfit(reason));
        }
    }
    let track = Track::default();
    decode(json, &track, read).map(|reason| track.misfit(reason))
}

/// Decodes what fits, and notes the names that are read, of a member or a whole body.
#[cfg(feature = "server")]
pub(crate) fn note_names<T: DeserializeOwned>(json: &[u8], member: Option<&str>, notes: Notes<'_>) {
    let track = Track::noting(member, notes);
    // That it fits is known.
    let _ = decode(json, &track, read::<T>);
}

type Json<'m, 'j> = &'m mut serde_json::Deserializer<SliceRead<'j>>;

/// Decodes a value of one type.
type Read = fn(Json<'_, '_>, &Track<'_>) -> Result<(), Reason>;

fn read<T: DeserializeOwned>(json: Json<'_, '_>, track: &Track<'_>) -> Result<(), Reason> {
    T::deserialize(Tracked::new(json, track)).map(drop)
}

/// Decodes by a function, and returns why that fails.
fn decode(json: &[u8], track: &Track<'_>, read: Read) -> Option<Reason> {
    let mut json = serde_json::Deserializer::from_slice(json);
    let decoded = read(&mut json, track);
    let ended = decoded.and_then(|()| json.end().map_err(|error| track.reason(&error)));
    ended.err()
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

/// A deserializer, a seed, a visitor or an access to members, whose path and errors are tracked.
struct Tracked<'t, X> {
    inner: X,
    track: &'t Track<'t>,
    /// The names of the fields or variants, where they are declared.
    names: &'static [&'static str],
    /// It is a key or a variant, one of `names` perhaps.
    is_name: bool,
    /// It is a list, whose elements are of one type, or an access to one.
    is_list: bool,
    /// How many elements or members came before.
    index: usize,
}

impl<'t, X> Tracked<'t, X> {
    fn new(inner: X, track: &'t Track<'t>) -> Self {
        Self {
            inner,
            track,
            names: &[],
            is_name: false,
            is_list: false,
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
            is_list: self.is_list,
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
            self.track.saw(self.names, text);
        }
    }
}

impl<X> Tracked<'_, X> {
    /// Notes the texts of an open enum, which reads any text.
    fn note_texts(&self, visitor: &dyn Expected) {
        if self.track.is_noting() && !self.is_name {
            if let Some(texts) = open_enum::declared(visitor) {
                self.track.note(NamesKind::OpenVariants, texts);
            }
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
        deserialize_string(); deserialize_bytes(); deserialize_byte_buf();
        deserialize_option(); deserialize_unit(); deserialize_map();
        deserialize_identifier(); deserialize_ignored_any();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_tuple(length: usize);
        deserialize_tuple_struct(name: &'static str, length: usize);
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        self.note_texts(&visitor);
        let track = self.track;
        let visitor = self.with(visitor);
        let decoded = self.inner.deserialize_str(visitor);
        decoded.map_err(|error| track.reason(&error))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        let track = self.track;
        let mut visitor = self.with(visitor);
        visitor.is_list = true;
        let decoded = self.inner.deserialize_seq(visitor);
        decoded.map_err(|error| track.reason(&error))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        let track = self.track;
        // The key of a map has no names of its own.
        if !self.is_name {
            track.note_names(NamesKind::Variants, variants);
        }
        let visitor = self.with(visitor).named(variants);
        let decoded = self.inner.deserialize_enum(name, variants, visitor);
        decoded.map_err(|error| track.reason(&error))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        let track = self.track;
        let depth = track.depth();
        track.note_names(NamesKind::Fields, fields);
        let visitor = self.with(visitor).named(fields);
        let decoded = self.inner.deserialize_struct(name, fields, visitor);
        decoded.map_err(|error| {
            track.note_misfit(depth, fields);
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

macro_rules! visit_number {
    ($($method:ident($ty:ty);)*) => {$(
        fn $method<E: de::Error>(self, value: $ty) -> Result<V::Value, E> {
            if self.is_name {
                self.saw(&value.to_string());
            }
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
        visit_bool(bool); visit_f32(f32); visit_f64(f64); visit_char(char); visit_bytes(&[u8]); visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    visit_number! {
        visit_i8(i8); visit_i16(i16); visit_i32(i32); visit_i64(i64); visit_i128(i128); visit_u8(u8); visit_u16(u16);
        visit_u32(u32); visit_u64(u64); visit_u128(u128);
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

    #[inline(never)]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Reason> {
        let track = self.track;
        let depth = track.depth();
        track.enter_item(self.index, self.is_list);
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

    #[inline(never)]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Reason> {
        self.track.forget_name();
        let key = self.inner.next_key_seed(self.name(seed));
        key.map_err(|error| self.track.reason(&error))
    }

    #[inline(never)]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Reason> {
        let track = self.track;
        let depth = track.depth();
        track.enter_member(self.index);
        self.index += 1;
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
        let (track, is_key) = (self.track, self.is_name);
        let seed = self.name(seed);
        let variant = self.inner.variant_seed(seed);
        let (value, variant) = variant.map_err(|error| track.reason(&error))?;
        // Whatever the enum is an element or a member of leaves it, too. The key of a map is not entered.
        if !is_key {
            track.enter_member(0);
        }
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
        track.note_names(NamesKind::Fields, fields);
        let visitor = Tracked::new(visitor, track).named(fields);
        let value = self.inner.struct_variant(fields, visitor);
        value.map_err(|error| {
            track.note_misfit(depth, fields);
            track.reason(&error)
        })
    }
}
