//! Speech, which is silence: a quarter of a second for each word, and a chunk of the body for each.

use axum::{
    Extension, Json, Router, body::Bytes, extract::State, http::HeaderValue, response::Response,
    routing::post,
};
use serde_json::{Value, json};

use super::{
    catalogue, check::Caller, events, generations::Generation, refusal::Refusal, state::Shared,
    words,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/audio/speech", post(speak))
}

/// How long a word is, in seconds.
pub(super) const WORD: f64 = 0.25;

/// Samples of a second, each of two bytes.
const RATE: u32 = 24_000;

/// The head of a frame of MPEG-1 Layer III at 128 kbit/s and 44100 Hz, in stereo.
const FRAME: [u8; 4] = [0xff, 0xfb, 0x90, 0x00];

/// How many bytes such a frame has, and how many seconds.
const FRAME_SIZE: usize = 417;
const FRAME_TIME: f64 = 1152.0 / 44_100.0;

async fn speak(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Json(body): Json<Value>,
) -> Result<Response, Refusal> {
    let text = |member: &str| body[member].as_str().unwrap_or_default();
    let model = catalogue::find_maker(text("model"), "speech")?;
    let count = words::count(text("input"));
    if count == 0 {
        return Err(Refusal::bad_request("there is nothing to speak"));
    }
    let speed = body["speed"].as_f64().unwrap_or(1.0);
    if !(0.25..=4.0).contains(&speed) {
        return Err(Refusal::bad_request("`speed` is not from 0.25 to 4"));
    }
    let voice = body["voice"].as_str();
    if let Some(voice) = voice.filter(|voice| !model.voices.contains(voice)) {
        let message = format!("the model has no voice `{voice}`");
        return Err(Refusal::bad_request(message));
    }
    let seconds = WORD / speed;
    let (content_type, head, word) = match body["response_format"].as_str().unwrap_or("pcm") {
        "pcm" => ("audio/pcm", None, samples(seconds)),
        "wav" => {
            let word = samples(seconds);
            ("audio/wav", Some(wav_head(word.len() * count)), word)
        }
        "mp3" => ("audio/mpeg", None, frames(seconds)),
        other => {
            let message = format!("there is no format `{other}` here");
            return Err(Refusal::bad_request(message));
        }
    };
    let generation = Generation {
        api: "tts",
        model,
        input_tokens: count,
        output_tokens: 0,
        finish_reason: "stop",
        streamed: true,
        input: json!({"prompt": text("input")}),
        output: None,
    };
    let id = generation.keep(&mut shared.lock(), &caller.0)?;
    let words = std::iter::repeat_n(word, count);
    let mut response = events::bytes(content_type, head.into_iter().chain(words));
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-generation-id", id);
    }
    Ok(response)
}

/// So many steps as there are in a time.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a word takes a second at most"
)]
fn steps(seconds: f64, step: f64) -> usize {
    (seconds / step).round() as usize
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
    let mut head = Vec::with_capacity(44);
    head.extend_from_slice(b"RIFF");
    head.extend_from_slice(&size.saturating_add(36).to_le_bytes());
    head.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    head.extend_from_slice(&RATE.to_le_bytes());
    head.extend_from_slice(&(2 * RATE).to_le_bytes());
    head.extend_from_slice(b"\x02\0\x10\0data");
    head.extend_from_slice(&size.to_le_bytes());
    head.into()
}
