//! The text of a map's key.

use std::fmt::{self, Display, Write as _};

use serde::{Serialize, Serializer, ser::Impossible};

use super::problem::Problem;

/// What takes the text of a key.
type Take<'t> = dyn FnMut(&str) -> Result<(), Problem> + 't;

/// Calls `take` with the text of a map's key. JSON's rules for keys are ours too, so `serde_json` says what may be one.
pub(super) fn with_key<T: Serialize + ?Sized>(key: &T, take: &mut Take<'_>) -> Result<(), Problem> {
    // Most keys are text or integers, for which no JSON is written and read.
    if let Ok(taken) = key.serialize(Text(take)) {
        return taken;
    }
    let mut out = Vec::new();
    let written = key.serialize(&mut serde_json::Serializer::new(&mut out));
    let text = written.ok().and_then(|()| match out.first() {
        Some(b'"') => serde_json::from_slice(&out).ok(),
        Some(b'{' | b'[' | b'n') | None => None,
        Some(_) => String::from_utf8(out).ok(),
    });
    match text {
        Some(text) => take(&text),
        None => Err(not_key()),
    }
}

fn not_key() -> Problem {
    Problem::new("has a map key that is neither text nor a number")
}

/// Takes what has the same text in JSON, and refuses all else.
struct Text<'t, 'f>(&'t mut Take<'f>);

/// What was taken, or that it was not.
type Taken = Result<Result<(), Problem>, fmt::Error>;
type Nothing = Impossible<Result<(), Problem>, fmt::Error>;

macro_rules! integers {
    ($($method:ident: $type:ty,)*) => {
        $(
            fn $method(self, value: $type) -> Taken {
                self.serialize_str(itoa::Buffer::new().format(value))
            }
        )*
    };
}

macro_rules! refuse {
    ($($method:ident($($type:ty),*) $(-> $ok:ident)?;)*) => {
        $(
            fn $method(self $(, _: $type)*) -> Result<refuse!(@ok $($ok)?), fmt::Error> {
                Err(fmt::Error)
            }
        )*
    };
    (@ok) => { Self::Ok };
    (@ok $ok:ident) => { Self::$ok };
}

impl Serializer for Text<'_, '_> {
    type Ok = Result<(), Problem>;
    type Error = fmt::Error;
    type SerializeSeq = Nothing;
    type SerializeTuple = Nothing;
    type SerializeTupleStruct = Nothing;
    type SerializeTupleVariant = Nothing;
    type SerializeMap = Nothing;
    type SerializeStruct = Nothing;
    type SerializeStructVariant = Nothing;

    integers! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
    }

    refuse! {
        serialize_bool(bool);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_seq(Option<usize>) -> SerializeSeq;
        serialize_tuple(usize) -> SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        serialize_map(Option<usize>) -> SerializeMap;
        serialize_struct(&'static str, usize) -> SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }

    fn serialize_char(self, value: char) -> Taken {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Taken {
        Ok(self.0(value))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Taken {
        let mut text = String::new();
        // `serde_json` panics where a `Display` fails.
        match write!(text, "{value}") {
            Ok(()) => self.serialize_str(&text),
            Err(_) => Ok(Err(not_key())),
        }
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Taken {
        self.serialize_str(variant)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Taken {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Taken {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Taken {
        Err(fmt::Error)
    }
}
