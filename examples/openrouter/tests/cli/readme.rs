//! The README shows what the program prints.

use std::{env, path::Path, process::Command};

/// The commands of the README, each with what it prints.
fn shown() -> Vec<(String, String)> {
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    let (_, block) = readme.split_once("```console\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let commands = block.split("$ ").skip(1);
    commands
        .map(|command| {
            let (command, output) = command.split_once('\n').unwrap();
            (command.to_owned(), output.to_owned())
        })
        .collect()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let program = Path::new(env!("CARGO_BIN_EXE_openrouter"));
    let folder = program.parent().unwrap().display();
    let path = env::var("PATH").unwrap_or_default();
    let shown = shown();
    assert!(shown.len() > 3);
    for (command, output) in shown {
        let ended = Command::new("sh")
            .args(["-c", &format!("{command} 2>&1")])
            .env_clear()
            .env("PATH", format!("{folder}:{path}"))
            .output();
        let Ok(ended) = ended else {
            println!("skipped: there is no `sh` here");
            return;
        };
        assert_eq!(
            String::from_utf8(ended.stdout).unwrap(),
            output,
            "{command}"
        );
    }
}
