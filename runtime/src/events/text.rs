//! From the bytes that arrive to text.
//!
//! Invariant: the text depends on the bytes alone, not on the chunks: it is what the UTF-8 decoder of the
//! [Encoding Standard](https://encoding.spec.whatwg.org/#utf-8-decoder) makes of the whole stream. UTF-8 is checked once
//! for each chunk, so that no value has to be checked by itself.

use std::{mem, str};

/// How many bytes are appended at once. A longer copy may be one instruction that steps through the bytes (`rep movsb`); a
/// short one takes wide registers.
const PIECE: usize = 2 << 10;

/// What has been fed and is not taken yet.
#[derive(Clone, Default)]
pub(super) struct Text {
    buffer: String,
    /// How many bytes of the buffer have been taken.
    taken: usize,
    /// The bytes of a character of which the rest may be in the next chunk.
    cut: Vec<u8>,
}

impl Text {
    /// Returns what has not been taken.
    #[inline]
    pub(super) fn rest(&self) -> &str {
        &self.buffer[self.taken..]
    }

    /// Takes so many bytes of the rest.
    #[inline]
    pub(super) fn take(&mut self, length: usize) {
        self.taken += length;
    }

    /// Appends a chunk, and reserves memory for `more` bytes after it.
    pub(super) fn feed(&mut self, chunk: &[u8], more: usize) {
        let left = self.buffer.len() - self.taken;
        // No more bytes move than have been taken, so that the cost is linear even if little is taken.
        if left <= self.taken {
            self.buffer.drain(..self.taken);
            self.taken = 0;
        }
        self.buffer.reserve_exact(chunk.len() + more);
        match str::from_utf8(chunk) {
            Ok(text) if self.cut.is_empty() => self.append(text),
            _ => self.replace(chunk),
        }
    }

    fn append(&mut self, mut text: &str) {
        while text.len() > PIECE {
            let mut end = PIECE;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let (piece, rest) = text.split_at(end);
            self.buffer.push_str(piece);
            text = rest;
        }
        self.buffer.push_str(text);
    }

    /// Appends a chunk that does not consist of whole characters.
    #[cold]
    fn replace(&mut self, chunk: &[u8]) {
        let is_continuation = |byte: &&u8| (0x80..0xc0).contains(*byte);
        let missing = chunk.iter().take(3).take_while(is_continuation).count();
        let (first, rest) = chunk.split_at(missing);
        let mut first_char = mem::take(&mut self.cut);
        first_char.extend_from_slice(first);
        for piece in first_char.utf8_chunks().chain(rest.utf8_chunks()) {
            self.end();
            self.append(piece.valid());
            self.cut.extend_from_slice(piece.invalid());
            let is_cut = |error: str::Utf8Error| error.error_len().is_none();
            if !str::from_utf8(&self.cut).is_err_and(is_cut) {
                self.end();
            }
        }
    }

    /// Ends the text, or goes on with what is not the rest of a character that was cut.
    pub(super) fn end(&mut self) {
        if !self.cut.is_empty() {
            self.cut.clear();
            self.buffer.push(char::REPLACEMENT_CHARACTER);
        }
    }
}
