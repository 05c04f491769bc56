//! Calls that tell how far their uploads got.

use super::{call::Call, progress::OnUpload};
use crate::{ApiRequest, Progress};

impl<R: ApiRequest> Call<'_, R> {
    /// Calls a function for each piece of the request body that is taken to be sent, of at most 64 KiB; never for an empty
    /// body.
    ///
    /// For each request that is sent, after a retry or a redirect, the function counts from 0 again. The total is not known
    /// of a stream without a length. The function is called in the task that sends, which it must not block. It replaces
    /// one that was set before. The transport gets the body as a stream of the same length, even if it is in memory.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest, Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = PUT, path = "/backup")]
    /// struct PutBackup {
    ///     #[api(body = bytes)]
    ///     archive: Vec<u8>,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let script = Script::new().then(ScriptedResponse::new(204));
    /// let client = Client::builder("https://api.example.com/v1").transport(script).build()?;
    /// let request = PutBackup { archive: vec![0; 100_000] };
    /// let (tell, told) = std::sync::mpsc::channel();
    /// let call = client.call(&request).on_upload(move |progress| {
    ///     let _ = tell.send((progress.received, progress.total));
    /// });
    /// call.send().await?;
    /// assert_eq!(told.iter().collect::<Vec<_>>(), [(65_536, Some(100_000)), (100_000, Some(100_000))]);
    /// # Ok::<(), api_request::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn on_upload(mut self, call: impl FnMut(Progress) + Send + 'static) -> Self {
        self.settings.on_upload = Some(OnUpload::new(call));
        self
    }
}
