//! The command line: what is asked for, done, and printed.
//!
//! `command` knows what can be written; each of the files beside it does one of the things, and knows nothing of the
//! others.

mod arguments;
mod call;
mod chat;
mod command;
mod connection;
mod dry_run;
mod failure;
mod login;
mod operation;
mod output;
mod serve;
mod table;
mod wait;

use std::{ffi::OsString, process::ExitCode};

use clap::{ArgMatches, FromArgMatches, error::ErrorKind};

use self::{
    command::Known,
    connection::{Connection, Options},
    failure::Failure,
};

/// Does what the arguments ask for.
pub(crate) async fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let matches = match command::build().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        // Nothing is asked for: the help says what can be.
        Err(help) if help.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{help}");
            return Failure::usage("").report();
        }
        Err(error) if error.use_stderr() => return Failure::command_line(&error).report(),
        // Help and the version.
        Err(text) => {
            return match output::text(&text.to_string()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(failure) => failure.report(),
            };
        }
    };
    match act(&matches).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

async fn act(matches: &ArgMatches) -> Result<(), Failure> {
    let options = Options::new(matches)?;
    let connection = Connection::open(&options).await?;
    match command::known(matches)? {
        Known::Call(arguments) => call::run(&connection, &arguments).await,
        Known::Chat(arguments) => chat::run(&connection, &arguments).await,
        Known::Login(arguments) => login::run(&connection, &arguments).await,
        Known::Serve(arguments) => serve::run(&arguments).await,
        Known::Wait(arguments) => wait::run(&connection, arguments).await,
        Known::Completions(arguments) => output::completions(arguments.shell),
        Known::Operation(operation, matches) => {
            operation::run(&connection, operation, matches).await
        }
    }
}

fn parse<T: FromArgMatches>(matches: &ArgMatches) -> Result<T, Failure> {
    T::from_arg_matches(matches).map_err(|error| Failure::command_line(&error))
}
