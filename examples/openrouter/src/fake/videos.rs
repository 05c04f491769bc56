//! Videos, each made by a job: it is pending when it is first read, and is to be read again at once; from then on it is
//! completed.

use std::ops::RangeInclusive;

use super::prelude::*;
use crate::{generations::GenerationApiType, video_generation as api};
use api_request::ByteStream;
use http::{Response, header::CONTENT_TYPE};

/// How many seconds a video may have.
const DURATIONS: RangeInclusive<i64> = 1..=12;

/// How many tokens a second has.
const TOKENS: usize = 1000;

/// The first box of an MP4 file, which says what it is.
const FILE_TYPE: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isommp41";

/// How many bytes of nothing a second has.
const SECOND: usize = 4096;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(generate).on(read).on(download).on(list)
}

#[derive(Debug)]
pub(super) struct Job {
    pub(super) id: String,
    generation_id: String,
    made: Generation,
    reads: u32,
}

impl Job {
    fn is_done(&self) -> bool {
        self.reads > 1
    }

    fn answer(&self) -> api::VideoGenerationResponse {
        use api::VideoGenerationStatus::{Completed, Pending};
        let (job_id, index) = (self.id.clone(), Some(0));
        let url = path(&api::DownloadVideo { job_id, index });
        let (cost, is_byok) = (Some(self.made.cost()), Some(false));
        let job_id = self.id.clone();
        api::VideoGenerationResponse {
            retry_after: (!self.is_done()).then(|| "0".to_owned()),
            error: None,
            generation_id: Some(self.generation_id.clone()),
            id: self.id.clone(),
            polling_url: path(&api::GetVideo { job_id }),
            status: if self.is_done() { Completed } else { Pending },
            unsigned_urls: self.is_done().then(|| vec![url]),
            usage: (self.is_done()).then_some(api::VideoGenerationUsage { cost, is_byok }),
        }
    }
}

async fn generate(mut state: Held, request: api::GenerateVideo) -> Answer<api::GenerateVideo> {
    let model = catalogue::find_maker(&request.model, "video")?;
    let seconds = rules::within("duration", request.duration.unwrap_or(8), DURATIONS)?;
    let prompt = request.prompt.unwrap_or_default();
    let is_asked = !prompt.is_empty() || request.frame_images.is_some();
    ensure(is_asked, "there is neither a prompt nor a frame")?;
    let mut made = Generation::of(GenerationApiType::Video, model, &prompt);
    made.output_tokens = seconds * TOKENS;
    let job = Job {
        generation_id: made.keep(&mut state)?,
        id: state.new_id(),
        made,
        reads: 0,
    };
    Ok(state.videos.insert(job)?.answer())
}

async fn read(mut state: Held, request: api::GetVideo) -> Answer<api::GetVideo> {
    let job = state.videos.get_mut(&request.job_id)?;
    job.reads += 1;
    Ok(job.answer())
}

async fn download(state: Held, request: api::DownloadVideo) -> Answer<api::DownloadVideo> {
    let job = state.videos.get(&request.job_id)?;
    ensure(job.is_done(), "the video is not completed")?;
    if let Some(index @ 1..) = request.index {
        return Err(not_found(format!("the job has no video {index}")));
    }
    let data = vec![0; job.made.output_tokens / TOKENS * SECOND];
    let size = u32::try_from(8 + data.len()).unwrap_or(u32::MAX);
    let video = [FILE_TYPE, &size.to_be_bytes(), b"mdat", &data].concat();
    let response = Response::builder().header(CONTENT_TYPE, "video/mp4");
    let response = response.body(Body::from(video)).map(ByteStream::from);
    response.map_err(|error| internal(error.to_string()))
}

async fn list(_: Held, _: api::ListVideoModels) -> Answer<api::ListVideoModels> {
    let models = MODELS.iter().filter(|it| it.makes.contains(&"video"));
    let data = models.map(|model| json!({
        "id": model.id, "canonical_slug": model.id, "name": model.name, "description": model.description,
        "created": model.created, "allowed_passthrough_parameters": [], "generate_audio": true, "seed": true,
        "pricing_skus": {"duration_seconds": model.cost(0, TOKENS).to_string()},
        "supported_aspect_ratios": ["16:9", "9:16"], "supported_durations": DURATIONS.collect::<Vec<_>>(),
        "supported_frame_images": ["first_frame", "last_frame"], "supported_resolutions": ["720p", "1080p"],
        "supported_sizes": ["1280x720", "720x1280", "1920x1080", "1080x1920"],
    }));
    typed(json!({"data": data.collect::<Vec<_>>()}))
}
