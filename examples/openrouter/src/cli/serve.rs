//! The stand-in for the API, for other programs.

use std::net::SocketAddr;

use openrouter::fake::Fake;

use super::{failure::Failure, output};

/// Serves the stand-in for the API until it is interrupted, for other programs on this machine
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The port to listen at; 0 is any free one
    #[arg(long, default_value_t = 4010)]
    port: u16,
}

pub(super) async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let address = SocketAddr::from(([127, 0, 0, 1], arguments.port));
    let fake = Fake::bind(address).await;
    let fake = fake.map_err(Failure::io(format_args!("cannot listen at {address}")))?;
    output::line(&format!("{} with the key {}", fake.base_url(), Fake::KEY))?;
    fake.stopped().await;
    Ok(())
}
