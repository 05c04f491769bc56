//! A stream of bytes as a file, whole or not at all.
//!
//! Invariant: until the last byte is written, all bytes are in a temporary file, which whoever stops early removes. What
//! may wait for a disk happens on a thread that may wait.

#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::{
    io,
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
    /// there: what stands at the path is never half a body. If something fails, or the future is dropped, the temporary
    /// file is removed and the path is left as it is. On Unix the file gets the permissions of any new file, by the
    /// umask. It is not forced onto the disk, as `File::sync_all` does. This needs a tokio runtime.
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
