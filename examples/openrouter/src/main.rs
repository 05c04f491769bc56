//! The program `openrouter`: the API from a command line.

mod cli;

use std::{process::ExitCode, time::Duration};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: the program cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(cli::run(std::env::args_os()));
    // A thread may wait for a pipe that nobody reads: what was ended does not wait for that.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}
