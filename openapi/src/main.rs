//! The program `api-request`: declarations from `OpenAPI` documents.
#![allow(clippy::doc_markdown, reason = "the help of the program is plain text")]

mod program {
    pub(crate) mod generate;
    mod progress;
    pub(crate) mod style;
}

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::program::{generate, style};

/// Declarations of HTTP APIs from OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "api-request", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the declarations of a document. The files are yours: edit them.
    Generate(generate::Generate),
}

fn main() -> ExitCode {
    let Command::Generate(arguments) = Cli::parse().command;
    match generate::run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            style::error(&*error);
            ExitCode::from(2)
        }
    }
}
