//! Texts, while the program is compiled: messages that are put together, and comparison.

/// A text of bounded length; what is longer is cut.
pub(super) struct Text {
    bytes: [u8; Text::ROOM],
    length: usize,
}

impl Text {
    const ROOM: usize = 512;

    pub(super) const fn new(text: &str) -> Self {
        let empty = Self {
            bytes: [0; Self::ROOM],
            length: 0,
        };
        empty.and(text)
    }

    pub(super) const fn and(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if self.length + text.len() <= Self::ROOM {
            let mut at = 0;
            while at < text.len() {
                self.bytes[self.length] = text[at];
                self.length += 1;
                at += 1;
            }
        }
        self
    }

    /// Makes the text a compile error.
    #[track_caller]
    pub(super) const fn panic(&self) -> ! {
        let (text, _) = self.bytes.split_at(self.length);
        match std::str::from_utf8(text) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!(),
        }
    }
}

/// Whether two texts are the same.
pub(crate) const fn is_same_text(a: &str, b: &str) -> bool {
    is_same(a.as_bytes(), b.as_bytes(), false)
}

/// Whether two names of headers are the same.
pub(super) const fn is_same_name(a: &str, b: &str) -> bool {
    is_same(a.as_bytes(), b.as_bytes(), true)
}

const fn is_same(a: &[u8], b: &[u8], ignores_case: bool) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        let is_same = a[at] == b[at] || ignores_case && a[at].eq_ignore_ascii_case(&b[at]);
        if !is_same {
            return false;
        }
        at += 1;
    }
    true
}
