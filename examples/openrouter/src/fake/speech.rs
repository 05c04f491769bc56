//! Speech, which is silence: a quarter of a second for each word, and a chunk of the body for each.

use std::{convert::Infallible, iter::repeat_n};

use api_request::ByteStream;
use bytes::Bytes;
use http::{Response, header::CONTENT_TYPE};

use super::prelude::*;
use crate::{generations::GenerationApiType, speech::CreateSpeech};

/// How long a word is, in seconds.
pub(super) const WORD: f64 = 0.25;

/// Samples of a second, each of two bytes.
const RATE: u32 = 24_000;

/// The head of a frame of MPEG-1 Layer III at 128 kbit/s and 44100 Hz, in stereo.
const FRAME: [u8; 4] = [0xff, 0xfb, 0x90, 0x00];

/// How many bytes such a frame has, and how many seconds.
const FRAME_SIZE: usize = 417;
const FRAME_TIME: f64 = 1152.0 / 44_100.0;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(speak)
}

async fn speak(mut state: Held, request: CreateSpeech) -> Answer<CreateSpeech> {
    let model = catalogue::find_maker(&request.model, "speech")?;
    let count = words::count(&request.input);
    ensure(count > 0, "there is nothing to speak")?;
    let speed = request.speed.unwrap_or(1.0);
    let is_possible = (0.25..=4.0).contains(&speed);
    ensure(is_possible, "`speed` is not from 0.25 to 4")?;
    let voice = request.voice.as_deref().unwrap_or(model.voices[0]);
    let message = format!("the model has no voice `{voice}`");
    ensure(model.voices.contains(&voice), message)?;
    let seconds = WORD / speed;
    let format = request.response_format.as_ref();
    let (content_type, word) = match format.map_or("pcm", |format| format.as_str()) {
        "pcm" => ("audio/pcm", samples(seconds)),
        "wav" => ("audio/wav", samples(seconds)),
        "mp3" => ("audio/mpeg", frames(seconds)),
        other => return Err(bad_request(format!("there is no format `{other}` here"))),
    };
    let head = (content_type == "audio/wav").then(|| wav_head(word.len() * count));
    let mut made = Generation::of(GenerationApiType::Tts, model, &request.input);
    made.streamed = true;
    let id = made.keep(&mut state)?;
    let chunks = head.into_iter().chain(repeat_n(word, count));
    let body = Body::once(stream::iter(chunks.map(Ok::<_, Infallible>)));
    let response = Response::builder().header(CONTENT_TYPE, content_type);
    let response = response.header("x-generation-id", id).body(body);
    let speech = response.map(ByteStream::from);
    speech.map_err(|error| internal(error.to_string()))
}

/// How many steps there are in a time.
fn steps(seconds: f64, step: f64) -> usize {
    let middles = (0_u32..).map(|number| (f64::from(number) + 0.5) * step);
    middles.take_while(|middle| *middle < seconds).count()
}

fn samples(seconds: f64) -> Bytes {
    vec![0; 2 * steps(seconds, 1.0 / f64::from(RATE))].into()
}

/// Frames that say that nothing is heard: all that follows their head is zero.
fn frames(seconds: f64) -> Bytes {
    let mut frame = vec![0; FRAME_SIZE];
    frame[..FRAME.len()].copy_from_slice(&FRAME);
    frame.repeat(steps(seconds, FRAME_TIME)).into()
}

/// The head of a WAV file of one channel, with so many bytes of samples.
fn wav_head(size: usize) -> Bytes {
    let size = u32::try_from(size).unwrap_or(u32::MAX);
    let mut head = b"RIFF".to_vec();
    head.extend(size.saturating_add(36).to_le_bytes());
    head.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    head.extend([RATE, 2 * RATE].map(u32::to_le_bytes).concat());
    head.extend(b"\x02\0\x10\0data");
    head.extend(size.to_le_bytes());
    head.into()
}
