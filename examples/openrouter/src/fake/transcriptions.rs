//! Transcriptions. The stand-in cannot hear: what it writes down is the audio itself where that is text in UTF-8, and
//! nothing that can be understood otherwise.

use super::{prelude::*, speech::WORD};
use crate::{generations::GenerationApiType, transcriptions as api};
use base64::{Engine, prelude::BASE64_STANDARD};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(json).on(form)
}

async fn json(state: Held, request: api::CreateTranscription) -> Result<api::SttResponse> {
    let audio = BASE64_STANDARD.decode(&request.body.input_audio.data);
    let audio = audio.map_err(|error| bad_request(error.to_string()))?;
    transcribe(state, &audio, &request.body)
}

async fn form(state: Held, request: api::CreateTranscriptionFromFile) -> Result<api::SttResponse> {
    let wanted = api::SttRequest {
        language: request.language,
        model: request.model,
        response_format: request.response_format,
        timestamp_granularities: request.timestamp_granularities,
        ..api::SttRequest::default()
    };
    let audio = request.file.content().as_bytes();
    transcribe(state, audio.map_or(&[], |audio| audio), &wanted)
}

/// Writes down audio, whichever kind of body it came in.
fn transcribe(mut state: Held, audio: &[u8], wanted: &api::SttRequest) -> Result<api::SttResponse> {
    let model = catalogue::find_maker(&wanted.model, "transcription")?;
    ensure(!audio.is_empty(), "there is nothing to hear")?;
    let text = str::from_utf8(audio).map_or("[inaudible]", str::trim);
    let mut made = Generation::of(GenerationApiType::Stt, model, "");
    made.output_tokens = words::count(text);
    made.output = Some(text.to_owned());
    made.keep(&mut state)?;
    describe(wanted, text, &made)
}

fn describe(wanted: &api::SttRequest, text: &str, made: &Generation) -> Result<api::SttResponse> {
    #[allow(clippy::cast_precision_loss, reason = "nobody says so many words")]
    let at = |word: usize| word as f64 * WORD;
    let (count, seconds) = (made.output_tokens, at(made.output_tokens));
    let mut answer = json!({
        "text": text,
        "usage": {"cost": made.cost(), "input_tokens": 0, "output_tokens": count, "total_tokens": count, "seconds": seconds},
    });
    if wanted.response_format == Some(api::SttResponseFormat::VerboseJson) {
        let word = |(index, word)| json!({"word": word, "start": at(index), "end": at(index + 1)});
        let words = text.split_whitespace().enumerate().map(word);
        let mut granularities = wanted.timestamp_granularities.iter().flatten();
        let has_words = granularities.any(|it| *it == api::SttTimestampGranularity::Word);
        let verbose = json!({
            "task": "transcribe", "language": wanted.language.as_deref().unwrap_or("en"), "duration": seconds,
            "segments": [{"id": 0, "start": 0.0, "end": seconds, "text": text}],
            "words": has_words.then(|| words.collect::<Vec<_>>()),
        });
        merge(&mut answer, &verbose)?;
    }
    typed(answer)
}
