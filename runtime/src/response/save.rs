//! A stream of bytes as a file, whole or not at all.
//!
//! Invariant: until the last byte is written, all bytes are in a temporary file, which whoever stops early removes; and a
//! future that was dropped replaces nothing. What may wait for a disk happens on a thread that may wait. What is not a
//! regular file is written to as the bytes come.

#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::{
    fs, io,
    path::{self, Path, PathBuf},
};

use tempfile::{Builder, TempPath};
use tokio::{fs::File, io::AsyncWriteExt as _, task::spawn_blocking};

use super::stream::ByteStream;
use crate::{
    Error,
    error::{ErrorKind, Failure},
};

impl ByteStream {
    /// Saves the body as a file, and returns its length. An existing file is replaced.
    ///
    /// The bytes go into a temporary file in the same directory, which takes the path's place when all of them are
    /// there: what stands at the path is never half a body. If something fails, or the future is dropped at any time
    /// before it is ready, the temporary file is removed and the path is left as it is. A program that ends within the
    /// download, by a signal for example, leaves the temporary file behind: its name starts with `.tmp`. If the program
    /// drops the future when the signal comes, by `tokio::select!` with `tokio::signal::ctrl_c`, nothing is left behind.
    ///
    /// A symbolic link is followed. On Unix a file that is there keeps its mode, and a new one gets the permissions of any
    /// new file, by the umask. The file is not forced onto the disk, as `File::sync_all` does.
    ///
    /// What is not a regular file, such as a device or a named pipe, is written to as the body comes, and a named pipe
    /// waits for its reader.
    ///
    /// ```no_run
    /// # use api_request::{ApiRequest, Client};
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/files/{id}/content", response(stream))]
    /// # struct Download {
    /// #     id: u64,
    /// # }
    /// # async fn run(client: Client) -> Result<(), api_request::Error> {
    /// let length = client.send(&Download { id: 7 }).await?.save_to("report.pdf").await?;
    /// println!("{length} bytes");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails as the stream does, and if the file cannot be written ([`Error::is_write`]).
    ///
    /// # Panics
    ///
    /// The future panics if it is polled outside of a tokio runtime.
    #[cfg(feature = "client")]
    #[cfg_attr(docsrs, doc(cfg(feature = "client")))]
    pub fn save_to<P: AsRef<Path>>(
        self,
        path: P,
    ) -> impl Future<Output = Result<u64, Error>> + Send + use<P> {
        let saving = write(self, path.as_ref().to_owned());
        async { saving.await.map_err(Error::from_failure) }
    }
}

/// Saves a body at a path, and returns its length.
async fn write(mut stream: ByteStream, path: PathBuf) -> Result<u64, Failure> {
    let failed = |stream: &mut ByteStream, error: io::Error| {
        stream.fail(ErrorKind::Write(path.clone()), Some(error.into()))
    };
    let target = path.clone();
    // Dropped from the last to the first: the file is closed before its name goes.
    let (temporary, mut file) = blocking(move || open(&target))
        .await
        .map_err(|error| failed(&mut stream, error))?;
    while let Some(piece) = stream.piece().await {
        file.write_all(&piece?)
            .await
            .map_err(|error| failed(&mut stream, error))?;
    }
    finish(temporary, file)
        .await
        .map_err(|error| failed(&mut stream, error))?;
    Ok(stream.received())
}

/// A temporary file, and the path that it is for.
struct Temporary {
    path: TempPath,
    target: PathBuf,
}

/// Opens what the bytes are written into: a temporary file beside the target, or the target itself if it is not a
/// regular file.
fn open(path: &Path) -> io::Result<(Option<Temporary>, File)> {
    // The current directory may change meanwhile.
    let path = path::absolute(path)?;
    let (target, known) = match fs::metadata(&path) {
        Ok(known) if known.is_file() => (fs::canonicalize(&path)?, Some(known)),
        Ok(_) => {
            let file = fs::OpenOptions::new().write(true).open(path)?;
            return Ok((None, File::from_std(file)));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (follow(path), None),
        Err(error) => return Err(error),
    };
    let mut builder = Builder::new();
    // The umask takes away from it, as it does for any new file.
    #[cfg(unix)]
    if known.is_none() {
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let directory = target.parent().unwrap_or(&target);
    let (file, temporary) = builder.tempfile_in(directory)?.into_parts();
    #[cfg(unix)]
    if let Some(known) = known {
        file.set_permissions(known.permissions())?;
    }
    #[cfg(not(unix))]
    drop(known);
    let path = temporary;
    Ok((Some(Temporary { path, target }), File::from_std(file)))
}

/// Returns where a file is made that a path names: a symbolic link may lead to one that is not there yet.
fn follow(mut path: PathBuf) -> PathBuf {
    // The system has found that the links do not lead in a circle.
    while let Ok(link) = fs::read_link(&path) {
        path.pop();
        path.push(link);
    }
    path
}

async fn finish(temporary: Option<Temporary>, mut file: File) -> io::Result<()> {
    file.flush().await?;
    let file = file.into_std().await;
    blocking(move || {
        drop(file);
        Ok(())
    })
    .await?;
    match temporary {
        // Not on another thread: that would replace the file after the future was dropped. To rename takes no time that
        // depends on the length of the file.
        Some(Temporary { path, target }) => path.persist(target).map_err(|error| error.error),
        None => Ok(()),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
