//! A download that a signal ends leaves nothing behind.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    process::Command,
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use crate::program;

/// A server whose answer does not end, and what tells that it is asked.
fn endless() -> (String, Receiver<()>) {
    let (asked, is_asked) = mpsc::channel();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).unwrap();
        asked.send(()).unwrap();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 100\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(b"begin").unwrap();
        // Until the program is gone.
        let _ = stream.read(&mut request);
    });
    (base, is_asked)
}

#[test]
fn a_download_that_a_signal_ends_leaves_no_file() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("signal-{signal}"));
        // It is there if an earlier run failed.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        let files = || fs::read_dir(&folder).unwrap().count();
        let output = folder.join("speech.mp3");
        let output = output.to_str().unwrap();
        let (base, is_asked) = endless();
        let mut running = program(&[
            "speech",
            "create",
            "--input",
            "hi",
            "--model",
            "m",
            "--api-key",
            "sk",
            "--output",
            output,
            "--base-url",
            &base,
        ])
        .spawn()
        .unwrap();
        // The file in which the download is until it ends; what is tried before the request is gone by then.
        is_asked.recv().unwrap();
        while files() == 0 {
            assert_eq!(running.try_wait().unwrap(), None);
            thread::sleep(Duration::from_millis(5));
        }
        let pid = running.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -{signal} {pid}")])
            .status();
        assert!(sent.unwrap().success());
        assert_eq!(running.wait().unwrap().code(), Some(code));
        assert_eq!(files(), 0);
    }
}
