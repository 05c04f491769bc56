//! Checks that the README shows what the commands in it print, and what the compiler says of the mistakes in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A file of the repository, with line feeds alone.
fn read(path: &str) -> String {
    let path = root().join(path);
    let text = fs::read_to_string(&path);
    text.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the path of the example's executable, if it is built. This test's executable is in `deps`, beside
/// `examples`.
fn example() -> Option<PathBuf> {
    let test = env::current_exe().ok()?;
    let name = format!("exchange_auth_code{}", env::consts::EXE_SUFFIX);
    let example = test.parent()?.parent()?.join("examples").join(name);
    example.exists().then_some(example)
}

#[test]
fn the_readme_holds_the_output_of_the_example() {
    let Some(example) = example() else {
        println!("skipped: the example is not built (`cargo test` without `--test` builds it)");
        return;
    };
    let output = Command::new(example).output().expect("the example runs");
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).expect("the example prints UTF-8");
    assert!(
        read("README.md").contains(&format!("```text\n{printed}```\n")),
        "README.md does not show the current output of the example:\n{printed}"
    );
}

#[test]
fn the_readme_holds_the_messages_for_its_mistakes() {
    let case = read("tests/ui/fail/many/in_the_readme.rs");
    let code = case.trim_end_matches("\nfn main() {}\n");
    let messages = read("tests/ui/fail/many/in_the_readme.stderr")
        .replace("ui/fail/many/in_the_readme.rs", "src/main.rs");
    let shown = format!("```compile_fail\n{code}```\n\n```text\n{messages}```\n");
    assert!(
        read("README.md").contains(&shown),
        "README.md does not show:\n{shown}"
    );
}

#[test]
fn the_tests_that_the_readme_lists_exist() {
    let readme = read("README.md");
    let tests = readme.lines().filter_map(|line| {
        let path = line.strip_prefix("test ")?.strip_suffix(" ... ok")?;
        path.split_once("::")
    });
    let mut count = 0;
    for (module, test) in tests {
        count += 1;
        let mut file = format!("tests/integration/{module}.rs");
        if !root().join(&file).exists() {
            file = format!("tests/integration/{module}/mod.rs");
        }
        assert!(
            read(&file).contains(&format!("fn {test}(")),
            "{file}: {test}"
        );
    }
    assert!(count > 0);
}
