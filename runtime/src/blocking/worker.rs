//! The runtime of a blocking client: one thread, on which its connections live.

use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use crate::ConfigError;

/// The thread on which the connections live; it ends with the last clone.
#[derive(Clone)]
pub(super) struct Worker(Arc<Running>);

struct Running(Option<Runtime>);

impl Worker {
    pub(super) fn start() -> Result<Self, ConfigError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("api-request")
            .enable_all()
            .build();
        let runtime = runtime.map_err(|error| {
            ConfigError::new(format!("the client's thread cannot be started: {error}"))
        })?;
        Ok(Self(Arc::new(Running(Some(runtime)))))
    }

    pub(super) fn runtime(&self) -> &Runtime {
        self.0
            .0
            .as_ref()
            .expect("the runtime is taken only on drop")
    }

    pub(super) fn wait<F: Future>(&self, future: F) -> F::Output {
        self.runtime().block_on(future)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Dropping a runtime blocks, which panics where async tasks run: the last clone may be dropped there.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
