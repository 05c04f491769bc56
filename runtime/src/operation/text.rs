//! Messages that are put together while the program is compiled.

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
