//! A body of lines: the items of a list, each as JSON and a line feed.
//!
//! Input: any value that serde serializes as a list. Invariant: there are as many line feeds as items.

use std::fmt::{self, Display};

use serde::{
    Serialize, Serializer,
    ser::{Impossible, SerializeSeq, SerializeTuple, SerializeTupleStruct},
};

use super::{json, problem::Problem};

type Result<T = (), E = Problem> = std::result::Result<T, E>;

/// A list whose items are the lines of a body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as lines of JSON",
    label = "not a list of JSON values",
    note = "use a list, such as a `Vec`, of items that implement `serde::Serialize`, for example with `#[derive(serde::Serialize)]`"
)]
pub trait LinesValue {
    /// Appends the lines, and says whether the value is `None`.
    ///
    /// # Errors
    ///
    /// Fails if the value is not a list, or an item cannot be serialized.
    fn write_lines(&self, out: &mut Vec<u8>) -> Result<bool>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> LinesValue for T {
    fn write_lines(&self, out: &mut Vec<u8>) -> Result<bool> {
        write(out, |serializer| self.serialize(serializer))
    }
}

/// Lines with `#[serde(with = …)]`.
#[derive(Debug)]
pub struct LinesWith<F>(pub F);

#[diagnostic::do_not_recommend]
impl<F> LinesValue for LinesWith<F>
where
    F: Fn(LinesSerializer<'_, '_>) -> Result,
{
    fn write_lines(&self, out: &mut Vec<u8>) -> Result<bool> {
        write(out, &self.0)
    }
}

fn write(
    out: &mut Vec<u8>,
    serialize: impl FnOnce(LinesSerializer<'_, '_>) -> Result,
) -> Result<bool> {
    let mut none = false;
    serialize(LinesSerializer {
        out,
        none: &mut none,
    })?;
    Ok(none)
}

/// The serializer of a list of lines.
pub struct LinesSerializer<'j, 'b> {
    out: &'b mut Vec<u8>,
    none: &'j mut bool,
}

impl fmt::Debug for LinesSerializer<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is written may be secret.
        f.debug_struct("LinesSerializer").finish_non_exhaustive()
    }
}

/// The lines so far.
#[expect(missing_debug_implementations, reason = "they hold values")]
pub struct Lines<'b>(&'b mut Vec<u8>);

impl Lines<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Result {
        let start = self.0.len();
        json::write(self.0, None, |serializer| item.serialize(serializer))
            .map_err(<Problem as serde::ser::Error>::custom)?;
        // JSON has the ends of lines escaped; only as white space, in a `RawValue`, are they as they are.
        for byte in &mut self.0[start..] {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        self.0.push(b'\n');
        Ok(())
    }
}

fn is_not_a_list<T>() -> Result<T> {
    Err(Problem::new(
        "is not a list: `body = lines` sends each item of a list, such as a `Vec`, as a line of JSON",
    ))
}

macro_rules! refuse {
    ($($method:ident: $type:ty,)*) => {
        $(
            fn $method(self, _: $type) -> Result {
                is_not_a_list()
            }
        )*
    };
}

impl<'b> Serializer for LinesSerializer<'_, 'b> {
    type Ok = ();
    type Error = Problem;
    type SerializeSeq = Lines<'b>;
    type SerializeTuple = Lines<'b>;
    type SerializeTupleStruct = Lines<'b>;
    type SerializeTupleVariant = Impossible<(), Problem>;
    type SerializeMap = Impossible<(), Problem>;
    type SerializeStruct = Impossible<(), Problem>;
    type SerializeStructVariant = Impossible<(), Problem>;

    refuse! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
        serialize_bytes: &[u8],
        serialize_unit_struct: &'static str,
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result {
        is_not_a_list()
    }

    fn serialize_none(self) -> Result {
        *self.none = true;
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        is_not_a_list()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result {
        is_not_a_list()
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
        is_not_a_list()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Lines<'b>> {
        Ok(Lines(self.out))
    }

    fn serialize_tuple(self, _: usize) -> Result<Lines<'b>> {
        Ok(Lines(self.out))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Lines<'b>> {
        Ok(Lines(self.out))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        is_not_a_list()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap> {
        is_not_a_list()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct> {
        is_not_a_list()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        is_not_a_list()
    }
}

macro_rules! lists {
    ($($trait:ident::$method:ident,)*) => {
        $(
            impl $trait for Lines<'_> {
                type Ok = ();
                type Error = Problem;

                fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result {
                    self.item(item)
                }

                fn end(self) -> Result {
                    Ok(())
                }
            }
        )*
    };
}

lists! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
}
