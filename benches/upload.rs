//! Uploads a file of 1 GiB to a server on loopback that discards it, and prints how much memory that took at most.
//!
//! `cargo run --release -p api-request-benches --example upload`, on Linux. The file has no blocks on the disk.

use std::{
    error::Error,
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Instant,
};

use api_request::{ApiRequest, Body, Client};

const LENGTH: u64 = 1 << 30;

#[derive(ApiRequest)]
#[api(method = PUT, path = "/backup")]
struct PutBackup {
    #[api(body = stream)]
    archive: Body,
}

/// Reads the head and `LENGTH` bytes, without keeping them.
fn discard(mut stream: TcpStream) -> std::io::Result<()> {
    let mut piece = vec![0; 64 * 1024];
    let mut end = [0; 4];
    while end != *b"\r\n\r\n" {
        end.rotate_left(1);
        stream.read_exact(&mut end[3..])?;
    }
    let mut left = LENGTH;
    while left > 0 {
        left -= stream.read(&mut piece)? as u64;
    }
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!("api-request-upload-{}", std::process::id()));
    fs::File::create(&path)?.set_len(LENGTH)?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = Client::new(format!("http://{}", listener.local_addr()?))?;
    let server = thread::spawn(move || discard(listener.accept()?.0));

    let start = Instant::now();
    let archive = Body::file(&path);
    let sent = client.send(&PutBackup { archive }).await;
    let took = start.elapsed();
    fs::remove_file(&path)?;
    sent?;
    server.join().expect("the server panicked")?;

    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM:"));
    println!("{took:.2?}, {}", peak.unwrap_or("VmHWM: unknown"));
    Ok(())
}
