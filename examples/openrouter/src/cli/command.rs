//! What can be written: a command for each resource, with one for each of its operations, and some more.

use clap::{ArgMatches, Args, Command};
use clap_complete::Shell;
use openrouter::{RESOURCES, any_operations, named::Named};

use super::{
    call, chat,
    connection::Options,
    failure::{EXIT_CODES, Failure},
    login, operation, parse, serve, wait,
};

/// Other names of resources: those of the modules.
const ALIASES: [(&str, &str); 3] = [
    ("keys", "api-keys"),
    ("auth", "oauth"),
    ("videos", "video-generation"),
];

/// What is asked for.
pub(super) enum Known<'a> {
    Call(call::Arguments),
    Chat(chat::Arguments),
    Login(login::Arguments),
    Serve(serve::Arguments),
    Wait(wait::Arguments),
    Completions(Completions),
    Operation(&'static Named, &'a ArgMatches),
}

/// Prints a script that completes commands in a shell
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: Shell,
}

/// The whole command line.
pub(super) fn build() -> Command {
    let command = Options::augment_args(Command::new("openrouter"))
        .version(env!("CARGO_PKG_VERSION"))
        .about("Calls the OpenRouter API")
        .after_help(EXIT_CODES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(call::Arguments::augment_args(Command::new("call")))
        .subcommand(serve::Arguments::augment_args(Command::new("serve")))
        .subcommand(Completions::augment_args(Command::new("completions")));
    RESOURCES.iter().fold(command, |command, (name, about)| {
        command.subcommand(resource(name, about))
    })
}

fn resource(name: &'static str, about: &'static str) -> Command {
    let aliases = ALIASES.into_iter().filter(|(of, _)| *of == name);
    let command = Command::new(name)
        .about(about)
        .visible_aliases(aliases.map(|(_, alias)| alias))
        .subcommand_required(true)
        .arg_required_else_help(true);
    let operations = any_operations().iter();
    let operations = operations.filter(|operation| operation.resource() == name);
    let command = operations.fold(command, |command, operation| {
        command.subcommand(match (name, operation.verb()) {
            ("chat", "send") => chat::Arguments::augment_args(Command::new("send")),
            _ => operation::command(operation),
        })
    });
    match name {
        "auth" => command.subcommand(login::Arguments::augment_args(Command::new("login"))),
        "videos" => command.subcommand(wait::Arguments::augment_args(Command::new("wait"))),
        _ => command,
    }
}

/// What the matches ask for.
pub(super) fn known(matches: &ArgMatches) -> Result<Known<'_>, Failure> {
    let missing = || Failure::usage("no command is given");
    let (resource, matches) = matches.subcommand().ok_or_else(missing)?;
    Ok(match resource {
        "call" => Known::Call(parse(matches)?),
        "serve" => Known::Serve(parse(matches)?),
        "completions" => Known::Completions(parse(matches)?),
        _ => {
            let (verb, matches) = matches.subcommand().ok_or_else(missing)?;
            match (resource, verb) {
                ("chat", "send") => Known::Chat(parse(matches)?),
                ("auth", "login") => Known::Login(parse(matches)?),
                ("videos", "wait") => Known::Wait(parse(matches)?),
                _ => {
                    let mut operations = any_operations().iter();
                    let is_it = |any: &&Named| any.resource() == resource && any.verb() == verb;
                    Known::Operation(operations.find(is_it).ok_or_else(missing)?, matches)
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_command_is_well_formed() {
        super::build().debug_assert();
    }
}
