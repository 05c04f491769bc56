//! Audio becomes text, from JSON and from a form.

use api_request::Part;
use base64::{Engine, prelude::BASE64_STANDARD};
use openrouter::transcriptions::{
    CreateTranscription, CreateTranscriptionFromFile, SttInputAudio, SttRequest, SttResponseFormat,
    SttTimestampGranularity,
};

use crate::start;

const MODEL: &str = "openai/whisper-large-v3";

fn listen(audio: &[u8]) -> CreateTranscription {
    CreateTranscription {
        body: SttRequest {
            input_audio: SttInputAudio {
                data: BASE64_STANDARD.encode(audio),
                format: "wav".to_owned(),
            },
            model: MODEL.to_owned(),
            ..SttRequest::default()
        },
    }
}

#[tokio::test]
async fn json_says_how_much_comes_back() {
    let (_fake, api) = start().await;
    let mut request = listen(b"hello world");
    let answer = api.send(&request).await.unwrap();
    assert_eq!(answer.text, "hello world");
    assert!(answer.segments.is_none() && answer.words.is_none());
    request.body.response_format = Some(SttResponseFormat::VerboseJson);
    request.body.language = Some("de".to_owned());
    let answer = api.send(&request).await.unwrap();
    assert_eq!(answer.language.as_deref(), Some("de"));
    assert_eq!(answer.duration, Some(0.5));
    assert_eq!(answer.segments.unwrap()[0].text, "hello world");
    assert!(answer.words.is_none());
    let answer = api.send(&listen(b"\xff\xfb\x90")).await.unwrap();
    assert_eq!(answer.text, "[inaudible]");
}

#[tokio::test]
async fn a_form_has_the_audio_as_a_file() {
    let (_fake, api) = start().await;
    let mut request = CreateTranscriptionFromFile {
        file: Part::bytes("hello world").filename("hello.wav"),
        language: None,
        model: MODEL.to_owned(),
        response_format: Some(SttResponseFormat::VerboseJson),
        temperature: Some(0.5),
        timestamp_granularities: Some(vec![
            SttTimestampGranularity::Segment,
            SttTimestampGranularity::Word,
        ]),
    };
    let words = api.send(&request).await.unwrap().words.unwrap();
    assert_eq!((words[1].word.as_str(), words[1].start), ("world", 0.25));
    request.model = "openai/gpt-4o".to_owned();
    let error = api.send(&request).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
}
