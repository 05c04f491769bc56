//! Serves the API of an example, in its program.

use std::{io, net::Ipv4Addr};

use axum::Router;
use tokio::net::TcpListener;

/// Starts a server on a free port of loopback and returns its base URL. The server runs until the tokio runtime ends.
pub(crate) async fn start(api: Router) -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, api).await });
    Ok(base_url)
}
