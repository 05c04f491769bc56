//! Saves a download to a file, with a progress bar on a terminal, and shows that a failed download leaves the file
//! unchanged. The server runs in this program, on loopback.

use std::{convert::Infallible, error::Error, fs, io, net::Ipv4Addr, path};

use api_request::{ApiRequest, Client};
use axum::{
    Router, body::Body, extract::Path, http::header::CONTENT_LENGTH, response::IntoResponse,
    routing::get,
};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::net::TcpListener;

// ANCHOR: declare
/// Downloads a recording.
#[derive(ApiRequest)]
#[api(method = GET, path = "/recordings/{id}", response(stream))]
struct GetRecording {
    id: &'static str,
}
// ANCHOR_END: declare

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::new(start_server().await?)?;
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("recording.wav");

    let length = download(&client, "whole", &path).await?;
    println!("Saved {length} bytes.");

    let Err(error) = download(&client, "broken", &path).await else {
        return Err("the incomplete download was not noticed".into());
    };
    println!("The second download failed: {error}");
    println!("The file still has {} bytes.", fs::metadata(&path)?.len());
    Ok(())
}

// ANCHOR: save
/// Downloads a recording to a path and returns its length.
async fn download(
    client: &Client,
    id: &'static str,
    path: &path::Path,
) -> Result<u64, api_request::Error> {
    let stream = client.send(&GetRecording { id }).await?;
    let style = "{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    let style = ProgressStyle::with_template(style).expect("the template is valid");
    // The bar draws on standard error, and only if that is a terminal.
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
// ANCHOR_END: save

const PIECE: usize = 64 * 1024;
const PIECES: usize = 256;

/// Starts the server on a free port and returns its base URL. The server runs until the tokio runtime ends.
async fn start_server() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/recordings/{id}", get(recording));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base_url)
}

/// Announces all pieces, but sends only half of them for the recording `broken`.
async fn recording(Path(id): Path<String>) -> impl IntoResponse {
    let count = if id == "broken" { PIECES / 2 } else { PIECES };
    let pieces = (0..count).map(|_| Ok::<_, Infallible>(vec![0; PIECE]));
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    ([(CONTENT_LENGTH, PIECE * PIECES)], body)
}
