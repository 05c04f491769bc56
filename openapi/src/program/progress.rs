//! What is going on, on a terminal only.

use std::time::Duration;

use indicatif::ProgressBar;

/// Shows what is going on until it is cleared. Short work shows nothing.
pub(super) fn progress(message: String) -> ProgressBar {
    let progress = ProgressBar::new_spinner().with_message(message);
    progress.enable_steady_tick(Duration::from_millis(500));
    progress
}
