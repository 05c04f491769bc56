//! The paths of operations in groups, put together while the program is compiled.

use super::param::Group;

/// How long the path of an operation in a generic group can be.
pub const MAX_PATH: usize = 1024;

/// The length of both paths together.
#[doc(hidden)]
#[must_use]
pub const fn joined_len(group: &Group, path: &str) -> usize {
    group.path.len() + path.len()
}

/// The path of a group and that of an operation in it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Joined<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

#[allow(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    missing_docs,
    reason = "they are called by the expansion alone"
)]
impl<const N: usize> Joined<N> {
    #[track_caller]
    pub const fn new(group: &Group, path: &str) -> Self {
        let (first, last) = (group.path.as_bytes(), path.as_bytes());
        let length = first.len() + last.len();
        assert!(length <= N, "the path is too long for a generic group");
        let mut bytes = [0; N];
        let mut at = 0;
        while at < length {
            bytes[at] = if at < first.len() {
                first[at]
            } else {
                last[at - first.len()]
            };
            at += 1;
        }
        Self { bytes, length }
    }

    pub const fn as_str(&self) -> &str {
        let (path, _) = self.bytes.split_at(self.length);
        match std::str::from_utf8(path) {
            Ok(path) => path,
            Err(_) => panic!("the path is not UTF-8"),
        }
    }
}
