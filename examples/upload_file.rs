//! Uploads a file and a text as the parts of a multipart body, and prints the parts that the server received.
//!
//! ```console
//! cargo run --example upload_file [PATH]
//! ```
//!
//! Without a path, the program creates a small file. The file is read while it is sent, so it may be larger than the
//! available memory. The program prints how far the upload got. The server runs in this program, on loopback.

use std::{error::Error, fs, io, net::Ipv4Addr, path::PathBuf};

use api_request::{ApiRequest, Client, Part};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Multipart, multipart::MultipartError},
    routing::post,
};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

// ANCHOR: declare
/// Uploads a file.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/files", fields = part, response = Vec<Received>)]
struct UploadFile {
    purpose: &'static str,
    file: Part,
}
// ANCHOR_END: declare

/// A part, as the server received it.
#[derive(Debug, Serialize, Deserialize)]
struct Received {
    name: Option<String>,
    filename: Option<String>,
    content_type: Option<String>,
    length: usize,
}

async fn receive(mut multipart: Multipart) -> Result<Json<Vec<Received>>, MultipartError> {
    let mut parts = Vec::new();
    while let Some(mut field) = multipart.next_field().await? {
        let mut part = Received {
            name: field.name().map(str::to_owned),
            filename: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(str::to_owned),
            length: 0,
        };
        while let Some(piece) = field.chunk().await? {
            part.length += piece.len();
        }
        parts.push(part);
    }
    Ok(Json(parts))
}

async fn start_server() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let route = post(receive).layer(DefaultBodyLimit::disable());
    let router = Router::new().route("/files", route);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base_url)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let own = std::env::temp_dir().join(format!("notes-{}.txt", std::process::id()));
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    if given.is_none() {
        fs::write(&own, "A file of two lines,\nmade by the example.\n")?;
    }
    // ANCHOR: send
    let upload = UploadFile {
        purpose: "example",
        file: Part::file(given.as_ref().unwrap_or(&own)),
    };
    let client = Client::new(start_server().await?)?;
    let call = client
        .call(&upload)
        .on_upload(|progress| match progress.total {
            Some(total) => eprintln!("{} of {total} bytes sent", progress.received),
            None => eprintln!("{} bytes sent", progress.received),
        });
    let received = call.send().await;
    // ANCHOR_END: send
    if given.is_none() {
        fs::remove_file(&own)?;
    }
    println!("{:#?}", received?);
    Ok(())
}
