//! Files in JSON, which has none: how input from scripts has the parts of a form.

use api_request::Part;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Deserializer, de::Error};

/// What the type of a file is called where it is read.
pub(crate) const FILE: &str = "$file";

#[derive(Deserialize)]
#[serde(rename = "$file", deny_unknown_fields)]
#[serde(expecting = "a file: `{\"$file\": …}` in JSON, `@FILE` on a command line")]
struct Wrapped {
    #[serde(rename = "$file")]
    file: File,
}

#[derive(Deserialize)]
struct File {
    filename: String,
    bytes_b64: String,
    #[serde(rename = "type")]
    content_type: Option<String>,
}

/// Reads `{"$file": {"filename": …, "bytes_b64": …, "type": …}}`, where `type` may be left out.
pub(crate) fn file_part<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Part, D::Error> {
    let Wrapped { file } = Wrapped::deserialize(deserializer)?;
    let bytes = BASE64_STANDARD
        .decode(file.bytes_b64)
        .map_err(D::Error::custom)?;
    let part = Part::bytes(bytes).filename(file.filename);
    Ok(match file.content_type {
        Some(content_type) => part.content_type(content_type),
        None => part,
    })
}
