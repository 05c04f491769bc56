//! Fields that are members of the JSON object of a body.

use super::{
    decoder::ResponseDecoder,
    fields::FieldValue,
    json::JsonDeserializer,
    object::{Missing, Object, Taken, declared},
    undecodable::Undecodable,
};

impl ResponseDecoder<'_> {
    /// A member of the object, by its name or another of its names.
    ///
    /// # Errors
    ///
    /// Fails if the body is not an object, if the member is missing and `T` needs one, and if it is not a `T`.
    pub fn member<T: FieldValue>(
        &mut self,
        names: &'static [&'static str],
    ) -> Result<T, Undecodable> {
        match self.taken(names)? {
            Some(member) => member.decode(),
            None => T::deserialize(Missing(declared(names))).map_err(Undecodable::new),
        }
    }

    /// The same, or a value in place of a member that is missing.
    ///
    /// # Errors
    ///
    /// As [`member`](Self::member).
    pub fn member_or<T: FieldValue>(
        &mut self,
        names: &'static [&'static str],
        default: impl FnOnce() -> T,
    ) -> Result<T, Undecodable> {
        match self.taken(names)? {
            Some(member) => member.decode(),
            None => Ok(default()),
        }
    }

    /// A member of the object, as a function reads it.
    ///
    /// # Errors
    ///
    /// As [`member`](Self::member).
    pub fn member_with<T>(
        &mut self,
        names: &'static [&'static str],
        read: impl FnOnce(JsonDeserializer<'_, '_>) -> Result<T, serde_json::Error>,
    ) -> Result<T, Undecodable> {
        match self.taken(names)? {
            Some(member) => member.decode_with(read),
            None => Err(missing(declared(names))),
        }
    }

    /// The same, or a value in place of a member that is missing.
    ///
    /// # Errors
    ///
    /// As [`member`](Self::member).
    pub fn member_with_or<T>(
        &mut self,
        names: &'static [&'static str],
        read: impl FnOnce(JsonDeserializer<'_, '_>) -> Result<T, serde_json::Error>,
        default: impl FnOnce() -> T,
    ) -> Result<T, Undecodable> {
        match self.taken(names)? {
            Some(member) => member.decode_with(read),
            None => Ok(default()),
        }
    }

    /// The members that were not asked for before, as a map or a struct.
    ///
    /// # Errors
    ///
    /// Fails if the body is not an object, or what is left is not of a `T`.
    pub fn rest<T: FieldValue>(&mut self) -> Result<T, Undecodable> {
        self.object()?.rest()
    }

    fn taken(&mut self, names: &'static [&'static str]) -> Result<Option<Taken<'_>>, Undecodable> {
        self.object()?.take(names)
    }

    fn object(&mut self) -> Result<&mut Object, Undecodable> {
        let object = match self.object.take() {
            Some(object) => object,
            None => Object::find(&self.bytes())?,
        };
        Ok(self.object.insert(object))
    }
}

fn missing(name: &str) -> Undecodable {
    Undecodable::new(format_args!("missing field `{name}`"))
}
