//! The program `api-request`: declarations from `OpenAPI` documents, and whether they agree.
#![allow(clippy::doc_markdown, reason = "the help of the program is plain text")]

mod program {
    mod allowances;
    mod cargo;
    pub(crate) mod check;
    pub(crate) mod generate;
    mod progress;
    mod scratch;
    pub(crate) mod style;
}

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::program::{check, generate, style};

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
    /// Compares the declarations of a package with a document.
    Check(check::Check),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            style::error(&*error);
            ExitCode::from(2)
        }
    }
}
