//! What goes to standard output.

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::{self, Path},
};

use api_request::{ByteStream, Error};
use clap_complete::Shell;
use futures_util::{Stream, TryStreamExt};
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
pub(super) async fn values(
    mut values: impl Stream<Item = Result<Value, Error>> + Unpin,
) -> Result<(), Failure> {
    while let Some(value) = values.try_next().await? {
        line(&value.to_string())?;
    }
    Ok(())
}

/// Fails if bytes cannot be written to the file, or to standard output if none is given.
pub(super) fn check(file: Option<&str>) -> Result<(), Failure> {
    let Some(file) = file else {
        if io::stdout().is_terminal() {
            let message = "the answer is bytes, which a terminal cannot show: give `--output FILE`";
            return Err(Failure::usage(message));
        }
        return Ok(());
    };
    let written = try_to_create(Path::new(file));
    written.map_err(Failure::io(format_args!("`{file}` cannot be written")))
}

/// Creates a file beside the path, as saving it does, and removes that. What is not a file, such as a pipe, is left alone.
fn try_to_create(path: &Path) -> io::Result<()> {
    // Where a symbolic link leads; if there is nothing, it is this path.
    let path = fs::canonicalize(path).or_else(|_| path::absolute(path))?;
    match fs::metadata(&path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => return Ok(()),
        _ => {}
    }
    let folder = path.parent().unwrap_or(&path);
    let beside = folder.join(format!(".openrouter-{}", std::process::id()));
    fs::File::create_new(&beside)?;
    fs::remove_file(&beside)
}

/// Writes bytes to a file, or to standard output.
pub(super) async fn bytes(mut bytes: ByteStream, file: Option<&str>) -> Result<(), Failure> {
    if let Some(file) = file {
        return tokio::select! {
            // First: what the signal ends has begun nothing yet.
            biased;
            failure = interrupted() => Err(failure),
            // It is dropped if there is a signal, and removes its temporary file then.
            saved = bytes.save_to(file) => saved.map(drop).map_err(Failure::from),
        };
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

/// Waits for a signal that ends the program.
#[cfg(unix)]
async fn interrupted() -> Failure {
    use tokio::signal::unix::{SignalKind, signal};

    let [interrupt, terminate] = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    let (mut interrupt, mut terminate) = match (interrupt, terminate) {
        (Ok(interrupt), Ok(terminate)) => (interrupt, terminate),
        (Err(error), _) | (_, Err(error)) => return Failure::io("signals")(error),
    };
    tokio::select! {
        _ = interrupt.recv() => Failure::signal(2),
        _ = terminate.recv() => Failure::signal(15),
    }
}

/// Waits for the user to end the program.
#[cfg(not(unix))]
async fn interrupted() -> Failure {
    match tokio::signal::ctrl_c().await {
        Ok(()) => Failure::signal(2),
        Err(error) => Failure::io("signals")(error),
    }
}

fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    let written = output.write_all(bytes).and_then(|()| output.flush());
    written.map_err(|error| Failure::output(&error))
}
