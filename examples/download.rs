//! Saves a download to a file, with a progress bar where there is a terminal, and shows that a broken one leaves the file
//! alone. Everything happens offline, with a server in this program.

use std::{convert::Infallible, error::Error, fs, io, net::Ipv4Addr, path};

use api_request::{ApiRequest, Client};
use axum::{
    Router, body::Body, extract::Path, http::header::CONTENT_LENGTH, response::IntoResponse,
    routing::get,
};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::net::TcpListener;

/// Downloads a recording.
#[derive(ApiRequest)]
#[api(method = GET, path = "/recordings/{id}", response(stream))]
struct GetRecording {
    id: &'static str,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::new(start_server().await?)?;
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("recording.wav");

    let length = download(&client, "whole", &path).await?;
    println!("Saved {length} bytes.");

    let Err(error) = download(&client, "broken", &path).await else {
        return Err("the server broke off, and nobody noticed".into());
    };
    println!("The second download failed: {error}");
    println!("The file still has {} bytes.", fs::metadata(&path)?.len());
    Ok(())
}

/// Downloads a recording to a path, and returns its length.
async fn download(
    client: &Client,
    id: &'static str,
    path: &path::Path,
) -> Result<u64, api_request::Error> {
    let stream = client.send(&GetRecording { id }).await?;
    let style = "{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    let style = ProgressStyle::with_template(style).expect("the template is valid");
    // It draws on the standard error stream, and nothing if that is no terminal.
    let bar = stream
        .content_length()
        .map_or_else(ProgressBar::no_length, ProgressBar::new);
    bar.set_style(style);
    let shown = bar.clone();
    let saved = stream
        .on_progress(move |progress| shown.set_position(progress.received))
        .save_to(path)
        .await;
    bar.finish_and_clear();
    saved
}

const PIECE: usize = 64 * 1024;
const PIECES: usize = 256;

/// Serves on a free port for as long as the tokio runtime lives, and returns the base URL.
async fn start_server() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/recordings/{id}", get(recording));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base_url)
}

/// Announces all pieces, and sends only half of them when it breaks.
async fn recording(Path(id): Path<String>) -> impl IntoResponse {
    let count = if id == "broken" { PIECES / 2 } else { PIECES };
    let pieces = (0..count).map(|_| Ok::<_, Infallible>(vec![0; PIECE]));
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    ([(CONTENT_LENGTH, PIECE * PIECES)], body)
}
