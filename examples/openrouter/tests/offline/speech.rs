//! Speech comes as bytes, whose number is that of the words.

use futures_util::TryStreamExt;
use openrouter::{
    error::OpenRouterError,
    generations::GetGeneration,
    speech::{CreateSpeech, SpeechFormat},
};

use crate::start;

fn speak(format: SpeechFormat) -> CreateSpeech {
    CreateSpeech {
        input: "one two three".to_owned(),
        model: "mistralai/voxtral-mini-tts-2603".to_owned(),
        response_format: Some(format),
        ..CreateSpeech::default()
    }
}

#[tokio::test]
async fn each_format_has_its_bytes() {
    let (_fake, api) = start().await;
    for (format, content_type, start, length) in [
        (SpeechFormat::Pcm, "audio/pcm", &[0, 0][..], 36_000),
        (SpeechFormat::Mp3, "audio/mpeg", b"\xff\xfb", 12_510),
        ("wav".into(), "audio/wav", b"RIFF", 36_044),
    ] {
        let answer = api.call(&speak(format)).send_full().await.unwrap();
        assert_eq!(answer.headers["content-type"], content_type);
        let id = answer.headers["x-generation-id"].to_str().unwrap();
        let get = GetGeneration { id: id.to_owned() };
        let chunks: Vec<_> = answer.body.try_collect().await.unwrap();
        assert!(chunks.len() >= 3, "{content_type}");
        let bytes = chunks.concat();
        assert!(bytes.starts_with(start), "{content_type}");
        assert_eq!(bytes.len(), length, "{content_type}");
        let generation = api.send(&get).await.unwrap().data;
        assert_eq!(generation.tokens_prompt, Some(3));
    }
}

#[tokio::test]
async fn what_cannot_be_spoken_is_refused() {
    let (_fake, api) = start().await;
    let changed = |change: fn(&mut CreateSpeech)| {
        let mut speech = speak(SpeechFormat::Pcm);
        change(&mut speech);
        speech
    };
    for speech in [
        changed(|speech| speech.input.clear()),
        changed(|speech| speech.voice = Some("nobody".to_owned())),
        changed(|speech| speech.speed = Some(100.0)),
        changed(|speech| speech.model = "openai/gpt-4o".to_owned()),
    ] {
        let error = api.send(&speech).await.unwrap_err();
        assert!(
            matches!(error.api(), Some(OpenRouterError::BadRequest(_))),
            "{error}"
        );
    }
}
