//! The program, as it is run: what it prints, and how it ends.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde_json::Value;

mod call;
mod chat;
mod failures;
mod login;
mod operations;
mod readme;
mod serve;
#[cfg(unix)]
mod signals;

/// How the program ended.
#[derive(Debug)]
struct Ended {
    code: i32,
    output: String,
    errors: String,
}

impl Ended {
    /// Its output, where it is JSON.
    fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.output).unwrap()
    }

    /// The output of a success.
    fn text(&self) -> &str {
        assert_eq!(self.code, 0, "{self:?}");
        &self.output
    }
}

/// The program, with nothing of this environment.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openrouter"));
    command.env_clear().args(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Ended {
    run_with(&mut program(arguments), "")
}

/// Runs it with something on standard input.
fn run_with(command: &mut Command, input: &str) -> Ended {
    let mut running = command.spawn().unwrap();
    // It may end without reading it.
    let _ = running.stdin.take().unwrap().write_all(input.as_bytes());
    let output = running.wait_with_output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        output: String::from_utf8(output.stdout).unwrap(),
        errors: String::from_utf8(output.stderr).unwrap(),
    }
}
