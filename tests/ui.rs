//! What compiles, and what the messages say when something does not.
//!
//! The two are apart because trybuild hands all files to one run of cargo where none has to be linked.

use std::process::Command;

/// The compiler whose wording the `.stderr` files hold.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn fail() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .expect("cannot run rustc");
    let version = String::from_utf8_lossy(&version.stdout);
    if version.starts_with(COMPILER) {
        trybuild::TestCases::new().compile_fail("ui/fail/*/*.rs");
    } else {
        println!(
            "skipped ui/fail: its messages are those of {COMPILER}x, and this is {}",
            version.trim()
        );
    }
}

#[test]
#[ignore = "links each file into a program, which takes minutes"]
fn pass() {
    trybuild::TestCases::new().pass("ui/pass/*/*.rs");
}
