//! What compiles, and what the messages say when something does not.

use std::process::Command;

/// The compiler whose wording the `.stderr` files hold.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*/*.rs");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .expect("cannot run rustc");
    let version = String::from_utf8_lossy(&version.stdout);
    if version.starts_with(COMPILER) {
        cases.compile_fail("ui/fail/*/*.rs");
    } else {
        println!(
            "skipped ui/fail: its messages are those of {COMPILER}x, and this is {}",
            version.trim()
        );
    }
}
