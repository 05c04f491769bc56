//! Streams of server-sent events, cut into chunks in every way: what they mean does not change.

use std::iter;

use api_request::events::EventDecoder;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::event_reference::{decoded, reference};

/// Cuts a stream into chunks: none, one for each byte, and in many ways by chance, which is the same on each run.
pub fn chunkings(stream: &[u8]) -> impl Iterator<Item = Vec<&[u8]>> {
    let whole = iter::once(vec![stream]);
    let bytes = iter::once(stream.chunks(1).collect());
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    whole.chain(bytes).chain((0..40).map(move |round| {
        let mut rest = stream;
        iter::from_fn(|| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let length = usize::try_from(random % (2 + round * round))
                .unwrap()
                .min(rest.len());
            let chunk = rest.split_off(..length)?;
            (!rest.is_empty() || !chunk.is_empty()).then_some(chunk)
        })
        .collect()
    }))
}

/// Streams that are nearly well-formed, more often than chance would bring them; a line may be longer than what the
/// decoder keeps in one piece.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = select(vec![
        "data", "event", "id", "retry", "Data", ":", ": ", " ", "\n", "\n\n", "\r", "\r\n", "\0",
        "12", "a", "\u{feff}", "\u{20ac}",
    ]);
    let piece = prop_oneof![
        16 => piece.prop_map(|piece| piece.as_bytes().to_vec()),
        2 => vec(any::<u8>(), 1..4),
        1 => Just(b"1".repeat(1100)),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_stream_means_the_same_in_any_chunks(stream in streams()) {
        let expected = reference(&stream);
        for chunks in chunkings(&stream) {
            prop_assert_eq!(&decoded(EventDecoder::default(), chunks), &expected);
        }
    }

    #[test]
    fn a_limit_strikes_at_the_same_place_in_any_chunks(stream in streams(), limit in prop_oneof![0_usize..16, 1000_usize..2400]) {
        let expected = decoded(EventDecoder::with_limit(limit), [&*stream]);
        for chunks in chunkings(&stream) {
            prop_assert_eq!(&decoded(EventDecoder::with_limit(limit), chunks), &expected);
        }
    }

    #[test]
    fn events_may_be_taken_late(stream in streams(), often in 1_usize..8) {
        let mut decoder = EventDecoder::default();
        let mut events = Vec::new();
        for (index, chunk) in stream.chunks(3).enumerate() {
            decoder.feed(chunk);
            if index % often == 0 {
                events.extend(decoder.next_event());
            }
        }
        events.extend(iter::from_fn(|| decoder.next_event()));
        prop_assert_eq!((events, decoder.finish()), reference(&stream));
    }
}
