//! The one header that holds all cookies.

use http::{HeaderName, header::COOKIE};

use super::{
    draft::{Encoder, Header, Name, put},
    headers::Source,
    kind::SinkKind,
    sink::Sink,
    traits::ParamValue,
};
use crate::{
    EncodeError,
    operation::{Group, Param, ParamKind},
    secret,
};

static COOKIE_NAME: HeaderName = COOKIE;

impl Encoder<'_> {
    /// Writes the cookies of the request, and those of the group that it is in, after [`Self::headers`].
    pub(super) fn cookies(
        &mut self,
        sink: &mut Sink<'_>,
        own: &Source<'_>,
        group: Option<&Source<'_>>,
    ) -> Result<(), EncodeError> {
        let operation = self.operation;
        let start = sink.out.len();
        sink.locate(SinkKind::Cookie, "");
        secret::take_seen();
        let mut writer = Writer {
            sink: &mut *sink,
            sensitive: false,
            written: Vec::new(),
            first: 0,
        };
        if operation.overrides {
            writer.write(own.fields, own.values, false)?;
            writer.first = writer.written.len();
            writer.write_groups(own.fields, own.values)?;
            writer.first = writer.written.len();
        }
        if let Some(group) = group {
            writer.write(group.fields, group.values, false)?;
        }
        if !operation.overrides {
            writer.write(own.fields, own.values, true)?;
        }
        let sensitive = writer.sensitive;
        if sink.out.len() > start {
            let sensitive = sensitive || secret::take_seen();
            let range = start..sink.out.len();
            self.headers.push(Header::written(
                Name::Declared(&COOKIE_NAME),
                range,
                sensitive,
                None,
            ));
        }
        Ok(())
    }
}

struct Writer<'w, 's> {
    sink: &'w mut Sink<'s>,
    sensitive: bool,
    /// The names of the cookies, if some may take the place of others.
    written: Vec<&'static str>,
    /// How many of them do.
    first: usize,
}

impl Writer<'_, '_> {
    /// Writes cookies, and those of flattened groups in between if `descends`.
    fn write(
        &mut self,
        fields: &'static [Param],
        values: &[&dyn ParamValue],
        descends: bool,
    ) -> Result<(), EncodeError> {
        for (param, value) in fields.iter().zip(values) {
            match param.kind {
                ParamKind::Cookie { .. } => self.cookie(param, *value)?,
                ParamKind::Group(group) if descends => self.group(group, *value)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn write_groups(
        &mut self,
        fields: &'static [Param],
        values: &[&dyn ParamValue],
    ) -> Result<(), EncodeError> {
        for (param, value) in fields.iter().zip(values) {
            if let ParamKind::Group(group) = param.kind {
                self.group(group, *value)?;
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &'static Group, value: &dyn ParamValue) -> Result<(), EncodeError> {
        match value.group() {
            Some(flattened) => {
                flattened.values(&mut |values| self.write(group.fields, values, false))
            }
            None => Ok(()),
        }
    }

    fn cookie(&mut self, param: &'static Param, value: &dyn ParamValue) -> Result<(), EncodeError> {
        if self.written[..self.first].contains(&param.wire) {
            return Ok(());
        }
        put(self.sink, param, value)?;
        self.sensitive |= param.secret && !self.sink.none;
        if self.sink.operation.overrides && self.sink.atoms > 0 {
            self.written.push(param.wire);
        }
        Ok(())
    }
}
