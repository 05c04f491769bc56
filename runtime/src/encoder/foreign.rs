//! Requests to an origin that does not get what is secret: one that has a secret is refused.
//!
//! Only such requests get here, so what a field holds is found by encoding it once more, into nothing.

use zeroize::Zeroizing;

#[cfg(feature = "multipart")]
use super::parts::Parts;
use super::{
    draft::{Encoder, put, refused},
    headers::Source,
    kind::SinkKind,
    payload::Payload,
    sink::Sink,
    traits::{JsonValue, ParamValue},
};
use crate::{
    BaseUrl, EncodeError,
    operation::{Constant, Content, Group, Param, ParamKind},
    secret,
    sensitive::is_credentials,
};

impl Encoder<'_> {
    fn origin(&self) -> &BaseUrl {
        let own = self.url.as_ref().and_then(|url| url.origin.as_deref());
        own.unwrap_or(self.to.base)
    }

    /// Whether the request goes to an origin that does not get what is secret.
    pub(super) fn is_foreign(&self) -> bool {
        !self.to.trusts(self.origin())
    }

    /// Refuses a request that has a secret anywhere but in its URL.
    pub(super) fn refuse_secrets(
        &self,
        source: &Source<'_>,
        payload: &Payload<'_>,
    ) -> Result<(), EncodeError> {
        let origin = self.origin().origin();
        let refuse = |field, what: &str| {
            let reason = format!(
                "{what}, and goes to the other origin {origin}: a secret is sent there in the `url` alone, unless `ClientBuilder::trust_origin` names it"
            );
            Err(refused(self.operation, field, reason))
        };
        for constant in source.constants {
            if let Constant::Header { name, .. } = *constant {
                if is_credentials(name) {
                    return refuse(None, &format!("the constant header `{name}` is a secret"));
                }
            }
        }
        let field = self.secret_of(source.fields, source.values);
        let content = self.operation.content.as_ref();
        let field = field.or_else(|| self.secret_in(content?, payload));
        match field {
            Some(_) => refuse(field, "is a secret"),
            None => Ok(()),
        }
    }

    /// Another origin gets the values of a group that the call gave, and not those of the client.
    pub(super) fn without_values_of_client(
        &self,
        group: &mut Source<'_>,
    ) -> Result<(), EncodeError> {
        if !self.to.group_is_of_client {
            return Ok(());
        }
        group.values = &[];
        let facts = self.operation.group.unwrap_or(Group::NONE);
        if facts.may_be_absent() {
            return Ok(());
        }
        let reason = format!(
            "it is in the group `{}`, and the other origin {} does not get the client's value of it: give one to the call, or name the origin by `ClientBuilder::trust_origin`",
            facts.name,
            self.origin().origin()
        );
        Err(refused(self.operation, None, reason))
    }

    /// Returns the first field that is secret, or has a secret in it.
    fn secret_of(
        &self,
        fields: &'static [Param],
        values: &[&dyn ParamValue],
    ) -> Option<&'static str> {
        let mut params = fields.iter().zip(values);
        params.find_map(|(param, value)| match param.kind {
            ParamKind::Group(group) => {
                let mut found = None;
                let of_group = |values: &[&dyn ParamValue]| {
                    found = self.secret_of(group.fields, values);
                    Ok(())
                };
                let handed = value
                    .group()
                    .map(|flattened| flattened.values(&mut { of_group }));
                handed.and_then(Result::ok)?;
                found
            }
            _ => self.is_secret(param, *value).then_some(param.field),
        })
    }

    /// Whether a parameter or a member of a form is there and is a secret, or has one in it.
    fn is_secret(&self, param: &'static Param, value: &dyn ParamValue) -> bool {
        let kind = match param.kind {
            ParamKind::Path { .. } => SinkKind::Path,
            ParamKind::Query { .. } => SinkKind::Query,
            ParamKind::Header { .. } => SinkKind::Header,
            ParamKind::Cookie { .. } => SinkKind::Cookie,
            ParamKind::Form { .. } => SinkKind::Form,
            ParamKind::Url
            | ParamKind::Json { .. }
            | ParamKind::Part { .. }
            | ParamKind::Group(_) => return false,
        };
        let mut scratch = Zeroizing::new(Vec::new());
        let mut sink = Sink::new(&mut scratch, self.operation, kind, "");
        secret::take_seen();
        // What cannot be written is refused when it is written.
        let _ = put(&mut sink, param, value);
        let mut is_secret = has_secret(&sink) || (param.secret && sink.atoms > 0);
        if param.flatten && kind == SinkKind::Header {
            let mut headers = sink.take_headers().into_iter();
            is_secret |= headers.any(|header| {
                let name = header.name.to_ascii_lowercase();
                param.secret || header.sensitive || is_credentials(&name)
            });
        }
        is_secret || (param.secret && !scratch.is_empty())
    }

    /// Returns the field of the body that is a secret, or has one in it.
    fn secret_in(&self, content: &'static Content, payload: &Payload<'_>) -> Option<&'static str> {
        let members = content.members;
        let is_secret = match *payload {
            Payload::None => false,
            Payload::Json(value) => is_secret_json(value, content.secret),
            Payload::Form(value) | Payload::Text(value) => {
                let kind = match payload {
                    Payload::Form(_) => SinkKind::Form,
                    _ => SinkKind::Text,
                };
                let mut scratch = Zeroizing::new(Vec::new());
                let mut sink = Sink::new(&mut scratch, self.operation, kind, "");
                secret::take_seen();
                let _ = value.write(&mut sink);
                let is_there = !sink.none;
                has_secret(&sink) || (content.secret && is_there)
            }
            Payload::Bytes(ref bytes) => content.secret && bytes.is_some(),
            Payload::Stream(ref body) => content.secret && body.is_some(),
            Payload::Lines(value) => value.is_some_and(|value| {
                let mut scratch = Zeroizing::new(Vec::new());
                secret::take_seen();
                let is_there = matches!(value.write_lines(&mut scratch), Ok(false));
                secret::take_seen() || (content.secret && is_there)
            }),
            Payload::With(body) => {
                secret::take_seen();
                let is_there = body.encode().is_some();
                secret::take_seen() || (content.secret && is_there)
            }
            Payload::JsonMembers(values) => {
                return guilty(members, values, |param, value| {
                    is_secret_json(value, param.secret)
                });
            }
            Payload::FormMembers(values) => {
                return guilty(members, values, |param, value| self.is_secret(param, value));
            }
            #[cfg(feature = "multipart")]
            Payload::PartMembers(values) => {
                return guilty(members, values, |param, value| {
                    let parts = Parts::new(
                        self.operation,
                        String::new(),
                        Vec::new(),
                        param,
                        super::redact::Redact(None),
                    );
                    let before = parts.mark();
                    secret::take_seen();
                    let _ = value.write(&parts);
                    let is_there = parts.mark() != before;
                    let (text, ..) = parts.finish();
                    drop(Zeroizing::new(text));
                    secret::take_seen() || (param.secret && is_there)
                });
            }
            #[cfg(not(feature = "multipart"))]
            Payload::PartMembers(_) => false,
        };
        is_secret.then_some(content.field)
    }
}

/// Whether what was written has a `Secret` in it.
fn has_secret(sink: &Sink<'_>) -> bool {
    let of_member = sink.names.as_ref().is_some_and(|names| names.has_secret);
    secret::take_seen() || of_member
}

/// Whether JSON is there and is a secret, or has one in it.
fn is_secret_json(value: &dyn JsonValue, is_declared: bool) -> bool {
    let mut scratch = Zeroizing::new(Vec::new());
    secret::take_seen();
    let is_there = matches!(value.write(&mut scratch, None), Ok(false));
    secret::take_seen() || (is_declared && is_there)
}

/// Returns the field of the first member that is secret.
fn guilty<'v, V: ?Sized>(
    members: &'static [Param],
    values: &[Option<&'v V>],
    is_secret: impl Fn(&'static Param, &'v V) -> bool,
) -> Option<&'static str> {
    let members = members.iter().zip(values);
    let mut there = members.filter_map(|(param, value)| Some((param, (*value)?)));
    let guilty = there.find(|(param, value)| is_secret(param, *value));
    guilty.map(|(param, _)| param.field)
}
