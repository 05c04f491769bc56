//! Asks a language model and prints its answer word by word: one declaration for the event stream and the whole answer.
//!
//! ```console
//! cargo run --example stream_chat [PROMPT]
//! ```
//!
//! The model is a server in this program, on loopback. Ctrl-C stops the answer: dropping the stream closes the
//! connection.

mod chat_server;

use std::{env, error::Error, io, io::Write as _, pin::pin, process::ExitCode};

use api_request::{ApiRequest, Client};
use futures_util::TryStreamExt as _;
use serde::Deserialize;
use tokio::signal;

/// Asks the model for an answer.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/responses", fields = json, response = Answer)]
#[api(events(item = Chunk, flag = "stream", done = "[DONE]"))]
struct CreateResponse<'a> {
    model: &'a str,
    input: &'a str,
}

/// The whole answer.
#[derive(Debug, Deserialize)]
struct Answer {
    text: String,
}

/// The piece of the answer in one event.
#[derive(Debug, Deserialize)]
struct Chunk {
    delta: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let prompt = env::args().nth(1);
    let request = CreateResponse {
        model: "parrot",
        input: prompt.as_deref().unwrap_or("What is a stream?"),
    };
    let client = Client::new(chat_server::start().await?)?;

    let mut chunks = client.call(&request).events().await?;
    let mut stop = pin!(signal::ctrl_c());
    loop {
        tokio::select! {
            chunk = chunks.try_next() => match chunk? {
                Some(Chunk { delta }) => print!("{delta}"),
                None => break,
            },
            _ = &mut stop => {
                println!("\n(stopped)");
                return Ok(());
            }
        }
        io::stdout().flush()?;
    }

    let Answer { text } = client.send(&request).await?;
    println!("\n\nAt once, the same is {} bytes.", text.len());
    Ok(())
}
