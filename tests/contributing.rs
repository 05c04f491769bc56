//! `CONTRIBUTING.md` lists the steps of `.ci/run`, in their order, with the commands to type.

use std::{fs, path::Path};

/// A step's name and its commands.
type Step = (String, Vec<String>);

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    fs::read_to_string(path).expect(name).replace('\r', "")
}

/// The steps of the script. One that calls a function of the script has no command here.
fn run() -> Vec<Step> {
    let script = read(".ci/run").replace("\\\n", " ");
    let steps = script
        .lines()
        .filter_map(|line| line.trim().strip_prefix("step \""));
    steps
        .map(|step| {
            // One turn of each loop stands for all.
            let step = step.replace("$feature", "gzip").replace("$program", "node");
            let step = step.replace("--features \"$all\"", "--all-features");
            let (name, command) = step.split_once('"').expect("the name is quoted");
            let command = command
                .trim()
                .trim_start_matches("env ")
                .replace("\"gzip\"", "gzip");
            let command = command.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_typed = command.starts_with("cargo ") || command.starts_with("RUSTDOCFLAGS=");
            (name.to_owned(), Vec::from_iter(is_typed.then_some(command)))
        })
        .collect()
}

/// The steps of the page: comments in the first block of commands, and what is beneath them.
fn page() -> Vec<Step> {
    let page = read("CONTRIBUTING.md");
    let block = page.split("```").nth(1).expect("the page has a block");
    let mut steps: Vec<Step> = Vec::new();
    for line in block.lines().skip(1) {
        match line.strip_prefix("# ") {
            Some(name) => steps.push((name.to_owned(), Vec::new())),
            None => steps
                .last_mut()
                .expect("a name comes first")
                .1
                .push(line.to_owned()),
        }
    }
    steps
}

#[test]
fn the_page_has_the_steps_of_the_script() {
    let (run, page) = (run(), page());
    let names = |steps: &[Step]| {
        steps
            .iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&page), names(&run));
    for ((name, typed), (_, command)) in page.iter().zip(&run) {
        assert!(!typed.is_empty(), "{name} has no command");
        if !command.is_empty() {
            assert_eq!(typed, command, "{name}");
        }
    }
}
