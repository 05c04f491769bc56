//! Downloads and uploads over loopback, for `instructions.sh` and `memory.sh`: `transfer WORK MIB ADDRESS`.
//!
//! `transfer serve` prints the address of the server for the other commands, and runs until it is killed. The server is
//! a process of its own, so that only the client is measured. Uploads send a sparse file.

use std::{
    env,
    error::Error,
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    thread,
    time::Duration,
};

use api_request::{ApiRequest, Body, Client, Part};
use futures_util::StreamExt;
use reqwest::multipart;

const MIB: u64 = 1024 * 1024;
/// The default of this crate's client, which the hand-written client uses as well, except for `download-by-hand-bare`.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(ApiRequest)]
#[api(method = GET, path = "/{mib}", response(stream))]
struct Download {
    mib: u64,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/0")]
struct Upload {
    #[api(body = stream)]
    file: Body,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/0", fields = part)]
struct UploadParts {
    purpose: &'static str,
    file: Part,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [work, mib, address] = *arguments else {
        return Ok(serve()?);
    };
    let (mib, origin) = (mib.parse()?, format!("http://{address}"));
    let directory = tempfile::tempdir_in(env::current_dir()?)?;
    let file = directory.path().join("file");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let length = runtime.block_on(async {
        match work {
            "download" => declared(&origin, mib).await,
            "download-by-hand" => by_hand(&origin, mib, Some(READ_TIMEOUT)).await,
            "download-by-hand-bare" => by_hand(&origin, mib, None).await,
            "save" => {
                let stream = Client::new(&*origin)?.send(&Download { mib }).await?;
                Ok(stream.save_to(&file).await?)
            }
            _ => {
                fs::File::create(&file)?.set_len(mib * MIB)?;
                upload(work, &origin, &file).await?;
                Ok(mib * MIB)
            }
        }
    })?;
    assert_eq!(length, mib * MIB);
    eprintln!("peak of resident memory: {}", peak()?);
    Ok(())
}

async fn upload(work: &str, origin: &str, file: &Path) -> Result<(), Box<dyn Error>> {
    let purpose = "backup";
    match work {
        "upload" => {
            let file = Body::file(file);
            Client::new(origin)?.send(&Upload { file }).await?;
        }
        "multipart" => {
            let file = Part::file(file);
            let request = UploadParts { purpose, file };
            Client::new(origin)?.send(&request).await?;
        }
        "multipart-by-hand" => {
            let form = multipart::Form::new().text("purpose", purpose);
            let form = form.file("file", file).await?;
            let client = reqwest::Client::builder().no_proxy().build()?;
            let request = client.post(format!("{origin}/0")).multipart(form);
            request.send().await?.error_for_status()?;
        }
        _ => return Err(format!("unknown work `{work}`").into()),
    }
    Ok(())
}

async fn declared(origin: &str, mib: u64) -> Result<u64, Box<dyn Error>> {
    let mut stream = Client::new(origin)?.send(&Download { mib }).await?;
    let mut length = 0;
    while let Some(piece) = stream.next().await {
        length += piece?.len() as u64;
    }
    Ok(length)
}

async fn by_hand(
    origin: &str,
    mib: u64,
    read_timeout: Option<Duration>,
) -> Result<u64, Box<dyn Error>> {
    let mut client = reqwest::Client::builder().no_proxy();
    if let Some(limit) = read_timeout {
        client = client.read_timeout(limit);
    }
    let response = client
        .build()?
        .get(format!("{origin}/{mib}"))
        .send()
        .await?;
    let mut stream = response.error_for_status()?.bytes_stream();
    let mut length = 0;
    while let Some(piece) = stream.next().await {
        length += piece?.len() as u64;
    }
    Ok(length)
}

/// Returns the peak of this process's resident memory, as reported by Linux.
fn peak() -> io::Result<String> {
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(peak.unwrap_or("unknown").trim().to_owned())
}

/// Reads the body of each request, and responds to `/MIB` with a body of `MIB` MiB.
fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    for connection in listener.incoming() {
        let connection = connection?;
        // An error means that the client closed the connection, which is how each client ends.
        thread::spawn(move || respond(&connection));
    }
    Ok(())
}

fn respond(mut connection: &TcpStream) -> io::Result<()> {
    let (mut mib, mut length) = (0, 0);
    let mut reader = BufReader::new(connection);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((_, target)) = line.split_once(" /") {
            let number = target.split(' ').next().unwrap_or_default();
            mib = number.parse().unwrap_or_default();
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    io::copy(&mut reader.take(length), &mut io::sink())?;
    let piece = vec![7; 1024 * 1024];
    write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
        mib * MIB
    )?;
    (0..mib).try_for_each(|_| connection.write_all(&piece))
}
