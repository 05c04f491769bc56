//! The flag: a member of a JSON body that is `true` when the API is asked for something, such as events.
//!
//! It is the last member of the object. A value that brings it is left as it is, if it says the same; the members are
//! read by serde, so that no text inside the value passes for one.

use serde_json::Value;

use super::draft::{Encoder, refused};
use crate::{EncodeError, json::Members, operation::Content};

impl Encoder<'_> {
    /// Puts the flag into the whole body that is written from `start` on; without one, it is the body.
    pub(super) fn put_flag(
        &mut self,
        flag: &str,
        content: &Content,
        start: usize,
        none: bool,
    ) -> Result<(), EncodeError> {
        if none {
            self.buffer.truncate(start);
            self.buffer.extend_from_slice(b"{}");
        }
        let [b'{', .., b'}'] = self.buffer[start..] else {
            let reason = format!("is not a struct or map, so it cannot have the member `{flag}`");
            return Err(refused(self.operation, Some(content.field), reason));
        };
        let members = self.find_flag(flag, content.field, content.secret, start)?;
        if members.values.is_empty() {
            self.buffer.pop();
            self.write_flag(flag, members.count == 0);
            self.buffer.push(b'}');
        }
        Ok(())
    }

    /// Writes the flag behind the members that are there, if any.
    pub(super) fn write_flag(&mut self, flag: &str, is_first: bool) {
        if !is_first {
            self.buffer.push(b',');
        }
        self.buffer
            .extend_from_slice(Value::from(flag).to_string().as_bytes());
        self.buffer.extend_from_slice(b":true");
    }

    /// Reads the object that is written from `start` on, in which the flag may be, but only as `true`.
    pub(super) fn find_flag(
        &self,
        flag: &str,
        field: &'static str,
        secret: bool,
        start: usize,
    ) -> Result<Members<Value>, EncodeError> {
        let members: Members<Value> = Members::find(&self.buffer[start..], |name| name == flag)
            .map_err(|error| self.json_error(field, secret, &error))?;
        if members.values.iter().any(|value| *value != true) {
            let reason = format!("has the member `{flag}` with another value than `true`");
            return Err(refused(self.operation, Some(field), reason));
        }
        Ok(members)
    }
}
