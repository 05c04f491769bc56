//! What is printed; in colors on a terminal only.

use std::{
    env,
    fmt::{Arguments, Display},
    io::{self, IsTerminal, Write as _},
};

/// Returns whether messages are colored.
pub(crate) fn is_colored() -> bool {
    io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints why the command cannot run.
pub(crate) fn error(error: &(impl Display + ?Sized)) {
    if is_colored() {
        eprintln!("\x1b[1;31merror\x1b[0m: {error}");
    } else {
        eprintln!("error: {error}");
    }
}

/// Prints a line of the result. A reader that stops reading, such as `head`, does not make it fail.
pub(crate) fn line(line: Arguments<'_>) {
    let _ = writeln!(io::stdout(), "{line}");
}
