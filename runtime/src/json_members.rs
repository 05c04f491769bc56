//! Some members of a JSON object, found by serde: what is inside strings and nested values is never taken for one.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer as _,
    de::{IgnoredAny, MapAccess, Visitor},
};

/// The members of an object that were looked for.
pub(crate) struct Members<T> {
    /// Those that were found, in order: JSON allows a name twice.
    pub(crate) values: Vec<T>,
    /// How many the object has in all.
    pub(crate) count: usize,
}

impl<T> Members<T> {
    /// Reads an object; fails if it is none, or no JSON.
    pub(crate) fn find<'j>(
        object: &'j [u8],
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<Self, serde_json::Error>
    where
        T: Deserialize<'j>,
    {
        let mut json = serde_json::Deserializer::from_slice(object);
        let members = json.deserialize_map(Find(is_meant, PhantomData))?;
        json.end()?;
        Ok(members)
    }
}

struct Find<F, T>(F, PhantomData<T>);

impl<'j, F: Fn(&str) -> bool, T: Deserialize<'j>> Visitor<'j> for Find<F, T> {
    type Value = Members<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<Members<T>, A::Error> {
        let mut members = Members {
            values: Vec::new(),
            count: 0,
        };
        while let Some(name) = map.next_key::<String>()? {
            members.count += 1;
            if self.0(&name) {
                members.values.push(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(members)
    }
}
