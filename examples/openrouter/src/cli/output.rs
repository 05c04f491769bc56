//! What goes to standard output.

use std::io::{self, IsTerminal, Write};

use api_request::ByteStream;
use clap_complete::Shell;
use futures_util::TryStreamExt;
use openrouter::any::Values;
use serde_json::Value;

use super::{command, failure::Failure};

/// Prints a text as it is, at once.
pub(super) fn text(text: &str) -> Result<(), Failure> {
    write(text.as_bytes())
}

/// Prints a line.
pub(super) fn line(line: &str) -> Result<(), Failure> {
    write(format!("{line}\n").as_bytes())
}

/// Prints JSON for people to read.
pub(super) fn json(value: &Value) -> Result<(), Failure> {
    line(&format!("{value:#}"))
}

/// Prints each value as a line of JSON, when it comes.
pub(super) async fn values(mut values: Values) -> Result<(), Failure> {
    while let Some(value) = values.try_next().await? {
        line(&value.to_string())?;
    }
    Ok(())
}

/// Writes bytes to a file, or to standard output if that is no terminal.
pub(super) async fn bytes(mut bytes: ByteStream, file: Option<&str>) -> Result<(), Failure> {
    if let Some(file) = file {
        bytes.save_to(file).await?;
        return Ok(());
    }
    if io::stdout().is_terminal() {
        let message = "the answer is bytes, which a terminal cannot show: give `--output FILE`";
        return Err(Failure::usage(message));
    }
    while let Some(bytes) = bytes.try_next().await? {
        write(&bytes)?;
    }
    Ok(())
}

/// Prints the script by which a shell completes the commands.
pub(super) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command::build(), "openrouter", &mut script);
    write(&script)
}

fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    let written = output.write_all(bytes).and_then(|()| output.flush());
    written.map_err(|error| Failure::output(&error))
}
