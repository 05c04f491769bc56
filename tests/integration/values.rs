//! The values that the tables send: one of each kind that serde knows.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    CliAgent,
}

#[derive(Serialize)]
pub enum Data {
    Newtype(u8),
    Tuple(u8, u8),
    Struct { a: u8 },
}

#[derive(Serialize)]
pub struct Newtype(pub u32);

#[derive(Serialize)]
pub struct UnitStruct;

#[derive(Serialize, Clone)]
pub struct Rgb {
    #[serde(rename = "R")]
    pub red: u32,
    #[serde(rename = "G")]
    pub green: Option<u32>,
    #[serde(rename = "B")]
    pub blue: u32,
}

pub const RGB: Rgb = Rgb {
    red: 100,
    green: Some(200),
    blue: 150,
};

pub const COLORS: [&str; 3] = ["blue", "black", "brown"];

pub fn map<V>(entries: impl IntoIterator<Item = (&'static str, V)>) -> BTreeMap<&'static str, V> {
    entries.into_iter().collect()
}

pub struct Raw;

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(b"raw")
    }
}

/// Serialises with `collect_str`, as dates, UUIDs and URLs do.
pub struct Shown(pub &'static str);

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

/// Its serializer fails and repeats the value.
pub struct Failing(pub &'static str);

impl Serialize for Failing {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom(self.0))
    }
}

/// Calls `$check(value, text)` for each kind of scalar and what it prints before any encoding.
#[macro_export]
macro_rules! scalars {
    ($check:expr) => {{
        use $crate::values::{Newtype, Shown, Unit};
        $check(&true, "true");
        $check(&-128_i8, "-128");
        $check(&u64::MAX, "18446744073709551615");
        $check(&u128::MAX, "340282366920938463463374607431768211455");
        $check(&1.0_f64, "1");
        $check(&0.1_f32, "0.1");
        $check(&-0.5_f64, "-0.5");
        $check(&1e21_f64, "1000000000000000000000");
        $check(&'x', "x");
        $check(&"text", "text");
        $check(&String::from("owned"), "owned");
        $check(&std::borrow::Cow::Borrowed("cow"), "cow");
        $check(&Box::new("boxed"), "boxed");
        $check(&Newtype(7), "7");
        $check(&Unit::CliAgent, "cli-agent");
        $check(&Some("some"), "some");
        $check(&Some(Some("some")), "some");
        $check(&Shown("2026-11-24"), "2026-11-24");
        $check(
            &uuid::Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8),
            "67e55044-10b1-426f-9247-bb680e5fe0c8",
        );
        $check(&std::net::Ipv4Addr::LOCALHOST, "127.0.0.1");
    }};
}
