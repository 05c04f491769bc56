//! Checks that the README shows the output of the example.

use std::{env, path::PathBuf, process::Command};

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
    let readme = include_str!("../README.md").replace("\r\n", "\n");
    assert!(
        readme.contains(&format!("```text\n{printed}```\n")),
        "README.md does not show the current output of the example:\n{printed}"
    );
}
