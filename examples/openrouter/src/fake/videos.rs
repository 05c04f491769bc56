//! Videos, each made by a job: it is pending when it is first read, and is to be read again at once; from then on it is
//! completed.

use std::ops::RangeInclusive;

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Answer, Created, ROOT,
    catalogue::{self, MODELS},
    check::Caller,
    events,
    generations::Generation,
    refusal::Refusal,
    state::Shared,
    words,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/videos", post(generate))
        .route("/videos/models", get(list))
        .route("/videos/{jobId}", get(read))
        .route("/videos/{jobId}/content", get(download))
}

/// How many seconds a video may have.
const DURATIONS: RangeInclusive<u64> = 1..=12;

/// How many it has where a request does not say.
const DURATION: u64 = 8;

/// How many tokens a second has.
const TOKENS: usize = 1000;

/// The first box of an MP4 file, which says what it is.
const FILE_TYPE: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isommp41";

/// How many bytes of nothing a second has.
const SECOND: usize = 4096;

async fn generate(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Json(body): Json<Value>,
) -> Created {
    let model = catalogue::find_maker(body["model"].as_str().unwrap_or_default(), "video")?;
    let duration = match &body["duration"] {
        Value::Null => DURATION,
        duration => duration.as_u64().unwrap_or(0),
    };
    if !DURATIONS.contains(&duration) {
        let message = format!("`duration` is not within {DURATIONS:?}");
        return Err(Refusal::bad_request(message));
    }
    let seconds = usize::try_from(duration).unwrap_or_default();
    let prompt = body["prompt"].as_str().unwrap_or_default();
    if prompt.is_empty() && body["frame_images"].is_null() {
        return Err(Refusal::bad_request(
            "there is neither a prompt nor a frame",
        ));
    }
    let generation = Generation {
        api: "video",
        model,
        input_tokens: words::count(prompt),
        output_tokens: seconds * TOKENS,
        finish_reason: "stop",
        streamed: false,
        input: json!({"prompt": prompt}),
        output: None,
    };
    let mut state = shared.lock();
    let generation_id = generation.keep(&mut state, &caller.0)?;
    let id = state.new_id();
    let job = json!({
        "id": id,
        "generation_id": generation_id,
        "polling_url": format!("{ROOT}/videos/{id}"),
        "status": "pending",
    });
    state.videos.insert(json!({
        "id": id,
        "job": job,
        "seconds": seconds,
        "cost": generation.cost(),
        "was_read": false,
    }))?;
    Ok((StatusCode::ACCEPTED, Json(job)))
}

async fn read(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let mut state = shared.lock();
    let kept = state.videos.get(&id)?.clone();
    let mut changes = Map::new();
    if kept["was_read"] == true {
        let mut job = kept["job"].clone();
        job["status"] = json!("completed");
        job["unsigned_urls"] = json!([format!("{ROOT}/videos/{id}/content?index=0")]);
        job["usage"] = json!({"cost": kept["cost"], "is_byok": false});
        changes.insert("job".to_owned(), job);
        let kept = state.videos.update(&id, changes)?;
        return Ok(Json(&kept["job"]).into_response());
    }
    changes.insert("was_read".to_owned(), json!(true));
    let kept = state.videos.update(&id, changes)?;
    Ok(([(header::RETRY_AFTER, "0")], Json(&kept["job"])).into_response())
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    index: u32,
}

async fn download(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Refusal> {
    let state = shared.lock();
    let kept = state.videos.get(&id)?;
    if kept["job"]["status"] != "completed" {
        return Err(Refusal::bad_request("the video is not completed"));
    }
    if which.index > 0 {
        let message = format!("the job has no video {}", which.index);
        return Err(Refusal::not_found(message));
    }
    let seconds = kept["seconds"].as_u64().unwrap_or_default();
    let seconds = usize::try_from(seconds).unwrap_or_default();
    let size = u32::try_from(8 + seconds * SECOND).unwrap_or(u32::MAX);
    let head = [FILE_TYPE, &size.to_be_bytes(), b"mdat"].concat();
    let data = std::iter::repeat_n(Bytes::from(vec![0; SECOND]), seconds);
    let chunks = std::iter::once(Bytes::from(head)).chain(data);
    Ok(events::bytes("video/mp4", chunks))
}

async fn list() -> Answer {
    let models = MODELS.iter().filter(|model| model.makes.contains(&"video"));
    let models: Vec<Value> = models
        .map(|model| {
            json!({
                "id": model.id,
                "canonical_slug": model.id,
                "name": model.name,
                "description": model.description,
                "created": model.created,
                "allowed_passthrough_parameters": [],
                "generate_audio": true,
                "seed": true,
                "pricing_skus": {"duration_seconds": model.cost(0, TOKENS).to_string()},
                "supported_aspect_ratios": ["16:9", "9:16"],
                "supported_durations": DURATIONS.collect::<Vec<_>>(),
                "supported_frame_images": ["first_frame", "last_frame"],
                "supported_resolutions": ["720p", "1080p"],
                "supported_sizes": ["1280x720", "720x1280", "1920x1080", "1080x1920"],
            })
        })
        .collect();
    Ok(Json(json!({"data": models})))
}
