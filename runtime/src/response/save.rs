//! A stream of bytes as a file, whole or not at all.
//!
//! Invariant: until the last byte is written, all bytes are in a temporary file, which whoever stops early removes. What
//! may wait for a disk happens on a thread that may wait.

#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::{
    io,
    path::{self, PathBuf},
};

use tempfile::{Builder, TempPath};
use tokio::{fs::File, io::AsyncWriteExt as _, task::spawn_blocking};

use super::ByteStream;
use crate::error::{Failure, Kind};

/// Saves a body at a path, and returns its length.
pub(super) async fn save(mut stream: ByteStream, path: PathBuf) -> Result<u64, Failure> {
    let failed = |stream: &mut ByteStream, error: io::Error| {
        stream.fail(Kind::Write(path.clone()), Some(error.into()))
    };
    let target = path.clone();
    // Dropped from the last to the first: the file is closed before its name goes.
    let (target, temporary, mut file) = blocking(|| create(target))
        .await
        .map_err(|error| failed(&mut stream, error))?;
    while let Some(piece) = stream.piece().await {
        file.write_all(&piece?)
            .await
            .map_err(|error| failed(&mut stream, error))?;
    }
    put_in_place(target, temporary, file)
        .await
        .map_err(|error| failed(&mut stream, error))?;
    Ok(stream.received())
}

/// Opens a temporary file beside the target, whose path is made absolute: the current directory may change meanwhile.
fn create(target: PathBuf) -> io::Result<(PathBuf, TempPath, File)> {
    let target = path::absolute(target)?;
    let mut builder = Builder::new();
    // The umask takes away from it, as it does for any file.
    #[cfg(unix)]
    builder.permissions(std::fs::Permissions::from_mode(0o666));
    let directory = target.parent().unwrap_or(&target);
    let (file, temporary) = builder.tempfile_in(directory)?.into_parts();
    Ok((target, temporary, File::from_std(file)))
}

async fn put_in_place(target: PathBuf, temporary: TempPath, mut file: File) -> io::Result<()> {
    file.flush().await?;
    let file = file.into_std().await;
    blocking(move || {
        drop(file);
        temporary.persist(target).map_err(|error| error.error)
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
