//! Why the program did not do what was asked for: one line, and an exit code.

use std::{fmt, io, process::ExitCode};

use api_request::Error;
use http::StatusCode;
use openrouter::error::refusal;

/// What the help says of the exit codes.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  something on this machine failed: a file, the output, a port
  2  the command line or the input is wrong; nothing was sent
  3  there is no API key, or it may not do this (401, 403)
  4  the API refused the request for another reason (4xx)
  5  the API failed (5xx), or its answer is not as described
  6  there was no answer, or no end of it
  130, 143  a signal ended a download: SIGINT, SIGTERM";

/// The exit code of what needs another key.
const NOT_ALLOWED: u8 = 3;

/// Why it failed.
#[derive(Debug)]
pub(super) struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    fn new(code: u8, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }

    /// Something on this machine.
    pub(super) fn local(message: impl Into<String>) -> Self {
        Self::new(1, message)
    }

    /// The command line or the input.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(2, message)
    }

    /// The API did what was asked for, and failed at it.
    pub(super) fn api(message: impl Into<String>) -> Self {
        Self::new(5, message)
    }

    /// What the parser of the command line says, without the usage that follows.
    pub(super) fn command_line(error: &clap::Error) -> Self {
        let text = error.to_string();
        let (said, _) = text.split_once("\n\nUsage:").unwrap_or((&text, ""));
        let lines = said.trim_start_matches("error: ").lines();
        let lines: Vec<&str> = lines
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        Self::usage(format!(
            "{}; see `--help`",
            lines.join("; ").replace(":;", ":")
        ))
    }

    /// Something that was being done, such as reading a file.
    pub(super) fn io(doing: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::local(format!("{doing}: {error}"))
    }

    /// There is no key, and the operation needs one.
    pub(super) fn no_key(operation: &str) -> Self {
        let message = format!(
            "`{operation}`: there is no API key: set OPENROUTER_API_KEY, give `--api-key`, or get a key by \
             `openrouter auth login`"
        );
        Self::new(NOT_ALLOWED, message)
    }

    /// A signal ended it, as a shell numbers that; whoever sent it knows why.
    pub(super) fn signal(number: u8) -> Self {
        Self::new(128 + number, "")
    }

    /// Tells of it, in one line.
    pub(super) fn report(self) -> ExitCode {
        if !self.message.is_empty() {
            eprintln!("error: {self}");
        }
        ExitCode::from(self.code)
    }

    /// What reads the output wants no more of it.
    pub(super) fn output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::local("");
        }
        Self::local(format!("the output cannot be written: {error}"))
    }
}

impl fmt::Display for Failure {
    /// One line, whatever the API says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = self
            .message
            .split(char::is_control)
            .filter(|part| !part.is_empty());
        if let Some(first) = words.next() {
            f.write_str(first)?;
        }
        words.try_for_each(|part| write!(f, " {part}"))
    }
}

impl<E> From<Error<E>> for Failure {
    /// Keeps the sentence, with all its causes.
    fn from(error: Error<E>) -> Self {
        let code = if error.is_encode() || error.is_config() {
            2
        } else if let Some(status) = refusal(&error) {
            match status {
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => NOT_ALLOWED,
                status if status.is_client_error() => 4,
                _ => 5,
            }
        } else if error.is_write() {
            1
        } else if error.is_decode()
            || error.is_too_large()
            || error.is_page()
            || error.is_redirect()
        {
            5
        } else {
            6
        };
        let mut message = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            message.push_str(": ");
            message.push_str(&error.to_string());
            cause = error.source();
        }
        Self::new(code, message)
    }
}
