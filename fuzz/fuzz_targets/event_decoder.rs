//! Decodes arbitrary bytes in arbitrary chunks: the decoder does not panic, and yields the events that the standard
//! defines for the whole stream.
#![no_main]

#[path = "../../tests/integration/event_reference.rs"]
mod event_reference;

use api_request::events::EventDecoder;
use event_reference::{decoded, reference};
use libfuzzer_sys::{arbitrary, arbitrary::Arbitrary, fuzz_target};

#[derive(Debug, Arbitrary)]
struct Input<'a> {
    limit: u8,
    /// The lengths of the chunks, repeated until the stream ends.
    lengths: [u8; 4],
    stream: &'a [u8],
}

impl<'a> Input<'a> {
    fn chunks(&self) -> impl Iterator<Item = &'a [u8]> {
        let mut rest = self.stream;
        let mut lengths = self.lengths.into_iter().cycle();
        std::iter::from_fn(move || {
            let length = usize::from(lengths.next()?).clamp(1, rest.len().max(1));
            (!rest.is_empty()).then(|| rest.split_off(..length))?
        })
    }
}

fuzz_target!(|input: Input<'_>| {
    let expected = reference(input.stream);
    assert_eq!(decoded(EventDecoder::default(), [input.stream]), expected);
    assert_eq!(
        decoded(EventDecoder::default(), input.stream.chunks(1)),
        expected
    );
    assert_eq!(decoded(EventDecoder::default(), input.chunks()), expected);

    let limited = || EventDecoder::with_limit(input.limit.into());
    let expected = decoded(limited(), [input.stream]);
    assert_eq!(decoded(limited(), input.stream.chunks(1)), expected);
    assert_eq!(decoded(limited(), input.chunks()), expected);
});
