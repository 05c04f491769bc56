//! Turns text into spoken audio.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    common::ProviderPassthrough,
    json::{open_enum, union},
};

/// Turns text into spoken audio, answered as raw bytes of the wished format.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/audio/speech", name = "createAudioSpeech")]
#[api(fields = json, response(stream))]
pub struct CreateSpeech {
    /// The text to speak.
    pub input: String,
    /// A voice sample to clone, with its transcript if you have one; only endpoints with voice cloning get such
    /// requests.
    pub input_references: Option<Vec<SpeechInputReference>>,
    /// The text-to-speech model to use.
    pub model: String,
    /// Options passed on to the provider.
    pub provider: Option<ProviderPassthrough>,
    /// The format of the audio.
    pub response_format: Option<SpeechFormat>,
    /// How fast to speak, as a factor; models that cannot change it ignore it.
    pub speed: Option<f64>,
    /// The voice to speak with, by the provider's name for it.
    pub voice: Option<String>,
}

union! {
    /// A part of the material a voice is cloned from.
    pub enum SpeechInputReference {
        tag type = "input_audio" => InputAudio(SpeechInputReferenceAudio),
        tag type = "text" => Text(SpeechInputReferenceText),
    }
}

/// A sample of the voice to clone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SpeechInputReferenceAudio {
    /// The audio of the sample.
    pub input_audio: SpeechInputReferenceAudioData,
}

/// The audio of a voice sample.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SpeechInputReferenceAudioData {
    /// The audio in `base64`, also as a data URI; at most 20 `MiB` of text. Formats depend on the provider.
    pub data: String,
    /// The format of the audio, such as `wav`; most providers find it out themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

/// The transcript of a voice sample.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SpeechInputReferenceText {
    /// The words spoken in the voice sample.
    pub text: String,
}

open_enum! {
    /// A format of spoken audio.
    pub enum SpeechFormat { Mp3, Pcm }
}
