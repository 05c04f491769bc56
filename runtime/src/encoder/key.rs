//! The text of a map's key.

use std::fmt::{Display, Write as _};

use serde::{Serialize, Serializer, ser::Impossible};

use super::{json, problem::Problem};

type Result<T = String> = std::result::Result<T, Problem>;

/// Returns the text of a map's key. JSON's rules for keys are ours too, so `serde_json` says what may be one.
pub(super) fn map_key<T: Serialize + ?Sized>(key: &T) -> Result {
    // Most keys are text, for which no JSON is written and read.
    if let Ok(text) = key.serialize(Text) {
        return Ok(text);
    }
    let mut out = Vec::new();
    let written = json::write(&mut out, |serializer| key.serialize(serializer));
    let text = written.ok().and_then(|_| match out.first() {
        Some(b'"') => serde_json::from_slice(&out).ok(),
        Some(b'{' | b'[' | b'n') | None => None,
        Some(_) => String::from_utf8(out).ok(),
    });
    text.ok_or_else(|| Problem::new("has a map key that is neither text nor a number"))
}

/// Takes what is a text in JSON as well, and refuses all else.
struct Text;

macro_rules! refuse {
    ($($method:ident($($type:ty),*) $(-> $ok:ident)?;)*) => {
        $(
            fn $method(self $(, _: $type)*) -> Result<refuse!(@ok $($ok)?)> {
                Err(not_text())
            }
        )*
    };
    (@ok) => { String };
    (@ok $ok:ident) => { Self::$ok };
}

fn not_text() -> Problem {
    Problem::new("is not text")
}

type Nothing = Impossible<String, Problem>;

impl Serializer for Text {
    type Ok = String;
    type Error = Problem;
    type SerializeSeq = Nothing;
    type SerializeTuple = Nothing;
    type SerializeTupleStruct = Nothing;
    type SerializeTupleVariant = Nothing;
    type SerializeMap = Nothing;
    type SerializeStruct = Nothing;
    type SerializeStructVariant = Nothing;

    refuse! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
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

    fn serialize_char(self, value: char) -> Result {
        Ok(value.to_string())
    }

    fn serialize_str(self, value: &str) -> Result {
        Ok(value.to_owned())
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result {
        let mut text = String::new();
        write!(text, "{value}").map_err(|_| Problem::display_fails())?;
        Ok(text)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        Ok(variant.to_owned())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result {
        Err(not_text())
    }
}
