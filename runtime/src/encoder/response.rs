//! Headers and texts of a response, written by the rules of a request: what one side writes, the other reads.

use super::{
    kind::SinkKind,
    problem::Problem,
    sink::Sink,
    traits::{HeadersValue, ParamValue},
};
use crate::{Operation, secret, sensitive::is_credentials};

/// Declares nothing, so that a flattened field may bring any name.
static RESPONSE: Operation = Operation::declare("", "", "", &[]);

/// The value of a header.
pub(crate) struct WrittenHeader {
    /// In lower case.
    pub(crate) name: String,
    pub(crate) value: Vec<u8>,
    pub(crate) sensitive: bool,
}

/// Writes one header, called `name` in lower case; `None` if the value leaves it out.
pub(crate) fn write_header(
    name: &str,
    value: &dyn ParamValue,
) -> Result<Option<WrittenHeader>, Problem> {
    secret::take_seen();
    let mut out = Vec::new();
    let mut sink = Sink::new(&mut out, &RESPONSE, SinkKind::Header, "");
    value.write(&mut sink)?;
    let is_there = sink.atoms > 0;
    let sensitive = secret::take_seen() || is_credentials(name);
    Ok(is_there.then(|| WrittenHeader {
        name: name.to_owned(),
        value: out,
        sensitive,
    }))
}

/// Writes the headers that a map brings.
pub(crate) fn write_headers<How>(
    value: &dyn HeadersValue<How>,
) -> Result<Vec<WrittenHeader>, Problem> {
    secret::take_seen();
    let mut out = Vec::new();
    let mut sink = Sink::new(&mut out, &RESPONSE, SinkKind::Header, "");
    value.write_headers(&mut sink)?;
    let headers = sink.take_headers();
    let headers = headers.into_iter().map(|header| WrittenHeader {
        sensitive: header.sensitive || is_credentials(&header.name),
        value: out[header.range].to_vec(),
        name: header.name,
    });
    Ok(headers.collect())
}

/// Writes a body that is text; nothing for `None`.
pub(crate) fn write_text(value: &dyn ParamValue) -> Result<Vec<u8>, Problem> {
    let mut out = Vec::new();
    value.write(&mut Sink::new(&mut out, &RESPONSE, SinkKind::Text, ""))?;
    Ok(out)
}
