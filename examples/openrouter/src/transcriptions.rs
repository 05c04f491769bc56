//! Turns spoken audio into text.

use api_request::{ApiRequest, FromHttp, Part};
use serde::{Deserialize, Serialize};

use crate::{OpenRouter, common::ProviderPassthrough, json::open_enum};

/// Turns audio, sent as `base64` in JSON or as a file in a form, into text.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/audio/transcriptions")]
#[api(name = "createAudioTranscriptions", response = SttResponse)]
pub struct CreateTranscription {
    /// What is asked for.
    #[api(body)]
    pub body: SttRequest,
}

/// Transcribes audio that is uploaded as a file.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/audio/transcriptions")]
#[api(name = "createAudioTranscriptions", response = SttResponse)]
pub struct CreateTranscriptionFromFile {
    /// The audio, at most 25 MB; its format is taken from the file name or the content type.
    #[api(part)]
    pub file: Part,
    /// The spoken language as an ISO 639-1 code.
    #[api(part)]
    pub language: Option<String>,
    /// The speech-to-text model to use.
    #[api(part)]
    pub model: String,
    /// How much comes back: text and usage (`json`, the default), or language, duration and segments too.
    #[api(part)]
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub response_format: Option<SttResponseFormat>,
    /// How random the sampling is.
    #[api(part)]
    pub temperature: Option<f64>,
    /// What gets timestamps in a `verbose_json` answer; `word` adds the list of words.
    #[api(part = "timestamp_granularities[]")]
    #[serde(rename = "timestamp_granularities[]")]
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub timestamp_granularities: Option<Vec<SttTimestampGranularity>>,
}

/// What audio to transcribe, and how.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SttRequest {
    /// The audio to transcribe.
    pub input_audio: SttInputAudio,
    /// The spoken language as an ISO 639-1 code (`en`, `ja`); detected if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The speech-to-text model to use.
    pub model: String,
    /// Options passed on to the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<ProviderPassthrough>,
    /// How much comes back: text and usage (`json`, the default), or language, duration and segments too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_format: Option<SttResponseFormat>,
    /// The sampling temperature of the transcription.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// What gets timestamps: segments, or words too. Only has an effect with `verbose_json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp_granularities: Option<Vec<SttTimestampGranularity>>,
}

/// Audio to transcribe.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SttInputAudio {
    /// The bytes of the audio in `base64`, not as a data URI.
    pub data: String,
    /// The format of the audio, such as `wav`, `mp3` or `flac`; which ones work depends on the provider.
    pub format: String,
}

open_enum! {
    /// How detailed a transcription is; only providers compatible with OpenAI know `verbose_json`.
    pub enum SttResponseFormat { Json, VerboseJson }

    /// What gets timestamps in a detailed transcription.
    pub enum SttTimestampGranularity { Word, Segment }
}

/// A transcription.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SttResponse {
    /// How long the audio is, in seconds; only with `verbose_json`.
    pub duration: Option<f64>,
    /// The language given or detected; only with `verbose_json`.
    pub language: Option<String>,
    /// The segments with their times; only with `verbose_json`.
    pub segments: Option<Vec<SttSegment>>,
    /// What was done with the audio; only with `verbose_json`.
    pub task: Option<String>,
    /// The whole text.
    pub text: String,
    /// What the request used and cost.
    pub usage: Option<SttUsage>,
    /// The words with their times, if the provider gives them.
    pub words: Option<Vec<SttWord>>,
}

/// A stretch of a transcription with its times.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SttSegment {
    /// The mean log probability of the tokens.
    pub avg_logprob: Option<f64>,
    /// How well the text can be compressed; a high ratio hints at repetition.
    pub compression_ratio: Option<f64>,
    /// Where the segment ends, in seconds.
    pub end: f64,
    /// Which segment of the transcription it is.
    pub id: i64,
    /// How likely it is that nothing is spoken here.
    pub no_speech_prob: Option<f64>,
    /// The seek offset of the segment.
    pub seek: Option<i64>,
    /// Which speaker is heard, if the provider tells speakers apart.
    pub speaker: Option<i64>,
    /// Where the segment begins, in seconds.
    pub start: f64,
    /// The sampling temperature the segment was made with.
    pub temperature: Option<f64>,
    /// The text of the segment.
    pub text: String,
    /// The token IDs of the text.
    pub tokens: Option<Vec<i64>>,
}

/// What a transcription used and cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SttUsage {
    /// The whole cost in US dollars.
    pub cost: Option<f64>,
    /// How many input tokens are billed.
    pub input_tokens: Option<i64>,
    /// How many tokens were generated.
    pub output_tokens: Option<i64>,
    /// How long the audio is, in seconds.
    pub seconds: Option<f64>,
    /// Input and output tokens together.
    pub total_tokens: Option<i64>,
}

/// A word of a transcription with its times.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SttWord {
    /// Where the word ends, in seconds.
    pub end: f64,
    /// Which speaker says the word, if the provider tells speakers apart.
    pub speaker: Option<i64>,
    /// Where the word begins, in seconds.
    pub start: f64,
    /// The text of the word.
    pub word: String,
}
