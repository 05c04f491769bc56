//! A job makes a video, which is downloaded when it is completed.

use std::time::Duration;

use futures_util::TryStreamExt;
use openrouter::{
    error::OpenRouterError,
    video_generation::{
        DownloadVideo, GenerateVideo, GetVideo, ListVideoModels, VideoGenerationResponse,
        VideoGenerationStatus,
    },
};

use crate::start;

#[tokio::test]
async fn a_video_is_there_when_its_job_is_completed() {
    let (_fake, api) = start().await;
    let generate = GenerateVideo {
        model: "google/veo-3.1".to_owned(),
        prompt: Some("a fox".to_owned()),
        duration: Some(4),
        ..GenerateVideo::default()
    };
    let job = api.send(&generate).await.unwrap();
    assert_eq!(job.polling_url, format!("/api/v1/videos/{}", job.id));
    let get = GetVideo {
        job_id: job.id.clone(),
    };
    let mut download = DownloadVideo {
        job_id: job.id,
        ..DownloadVideo::default()
    };
    let pending = api.send(&get).await.unwrap();
    assert_eq!(pending.status, VideoGenerationStatus::Pending);
    let error = api.send(&download).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::BadRequest(_))),
        "{error}"
    );
    let done = api.send(&get).await.unwrap();
    assert_eq!(done.status, VideoGenerationStatus::Completed);
    assert_eq!(done.unsigned_urls.unwrap().len(), 1);
    let chunks: Vec<_> = api
        .send(&download)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    let video = chunks.concat();
    assert_eq!(&video[4..8], b"ftyp");
    assert_eq!(video.len(), 24 + 8 + 4 * 4096);
    download.index = Some(1);
    let error = api.send(&download).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
}

#[tokio::test]
async fn a_job_is_waited_for_where_it_says() {
    let (_fake, api) = start().await;
    let generate = GenerateVideo {
        model: "google/veo-3.1".to_owned(),
        prompt: Some("a fox".to_owned()),
        ..GenerateVideo::default()
    };
    let started = api.send(&generate).await.unwrap();
    assert!(!started.is_done());
    let poll = started.poll();
    let call = api.call(&poll).timeout(Duration::from_secs(60));
    let until = call.until(VideoGenerationResponse::is_done);
    let done = until.send().await.unwrap();
    assert_eq!(done.id, started.id);
    assert_eq!(done.status, VideoGenerationStatus::Completed);
}

#[tokio::test]
async fn a_job_that_is_not_there_is_not_found() {
    let (_fake, api) = start().await;
    let get = GetVideo {
        job_id: "x".to_owned(),
    };
    let error = api.send(&get).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::NotFound(_))),
        "{error}"
    );
}

#[tokio::test]
async fn video_models_are_listed() {
    let (_fake, api) = start().await;
    let models = api.send(&ListVideoModels::default()).await.unwrap().data;
    assert_eq!(models[0].id, "google/veo-3.1");
    assert!(models[0].supported_durations.as_ref().unwrap().contains(&8));
}
