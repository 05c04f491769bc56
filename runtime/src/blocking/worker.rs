//! The runtime of a blocking client: one thread, on which its connections live.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

use tokio::{
    runtime::{Builder, Runtime},
    task::unconstrained,
};

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

    /// Runs a future on this thread, while the runtime's own thread does its I/O and timers.
    ///
    /// Not `Runtime::block_on`, which panics on a thread that runs async tasks.
    pub(super) fn wait<F: Future>(&self, future: F) -> F::Output {
        let _context = self.runtime().enter();
        // A task has a budget, after which its I/O waits for others to run. That of a task around this call would not
        // be refilled while the call blocks.
        let mut future = pin!(unconstrained(future));
        let caller = Arc::new(Caller {
            thread: thread::current(),
            is_woken: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&caller));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            // Others may unpark the thread, and take note of that for themselves.
            while !caller.is_woken.swap(false, Ordering::Acquire) {
                thread::park();
            }
        }
    }
}

/// The thread that waits.
struct Caller {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Caller {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
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
