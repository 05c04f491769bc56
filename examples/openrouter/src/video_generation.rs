//! Generates videos as jobs to poll, and lists the models that can.

use std::collections::BTreeMap;

use api_request::{ApiRequest, ApiResponse, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    common::{ContentPartImage, GeneratedImageUrl},
    json::{Object, constant, open_enum, union},
};

/// Starts a job that generates a video; the answer says where to ask for its state.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/videos", name = "createVideos", fields = json)]
#[api(response = VideoGenerationResponse)]
pub struct GenerateVideo {
    /// Width to height of the video.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub aspect_ratio: Option<VideoAspectRatio>,
    /// An HTTPS address called when the job is done; the workspace's own if absent.
    pub callback_url: Option<String>,
    /// How freely an upscaling model changes the video; no other models take it.
    pub creativity: Option<i64>,
    /// How long the video is to be, in seconds.
    pub duration: Option<i64>,
    /// Images for the first frame, the last frame, or both.
    pub frame_images: Option<Vec<VideoFrameImage>>,
    /// Whether the video gets sound; if absent, as the endpoint can, otherwise false.
    pub generate_audio: Option<bool>,
    /// Images, audio and videos to go by; many providers only look at the images.
    pub input_references: Option<Vec<VideoInputReference>>,
    /// The video model to use.
    pub model: String,
    /// What the video is to show; may be absent only with models that work from an image alone.
    pub prompt: Option<String>,
    /// Options passed on to the provider.
    pub provider: Option<VideoProviderConfig>,
    /// The size class of the video.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub resolution: Option<VideoResolution>,
    /// A number that makes repeated equal requests give the same result, where the provider can.
    pub seed: Option<i64>,
    /// The size in pixels, such as `1280x720`; the same can be said by `resolution` and `aspect_ratio`.
    pub size: Option<String>,
    /// How much an upscaling model enlarges the video; no other models take it.
    pub upscale_factor: Option<f64>,
}

/// Reads the state of a video job, with the addresses of the videos once it is done.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/videos/{jobId}", name = "getVideos")]
#[api(response = VideoGenerationResponse)]
pub struct GetVideo {
    /// What names the video job.
    #[api(path = "jobId")]
    pub job_id: String,
}

/// Reads the state of a video job where the job says, as [`VideoGenerationResponse::poll`] makes it.
#[derive(Debug, Clone, ApiRequest)]
#[api(in = OpenRouter, method = GET, name = "pollVideo", response = VideoGenerationResponse)]
pub struct PollVideo {
    /// The job's `polling_url`, which is relative to the base URL or absolute.
    #[api(url)]
    pub polling_url: String,
}

/// Downloads a generated video as a stream of bytes (`MP4`).
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/videos/{jobId}/content", name = "listVideosContent")]
#[api(fields = query, response(stream))]
pub struct DownloadVideo {
    /// What names the job.
    #[api(path = "jobId")]
    pub job_id: String,
    /// Which of the job's videos, from 0 (the default).
    pub index: Option<u32>,
}

/// Lists the models that generate videos.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/videos/models", name = "listVideosModels")]
#[api(response = VideoModelsListResponse)]
pub struct ListVideoModels {}

open_enum! {
    /// Width to height of a video.
    pub enum VideoAspectRatio {
        V169 = "16:9", V916 = "9:16", V11 = "1:1", V43 = "4:3", V34 = "3:4", V32 = "3:2",
        V23 = "2:3", V219 = "21:9", V921 = "9:21",
    }
}

/// An image to use as a frame of a video.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VideoFrameImage {
    /// Where the image is.
    pub image_url: GeneratedImageUrl,
    /// Always `image_url`.
    pub r#type: FrameImageType,
    /// Which frame the image is.
    pub frame_type: VideoFrameType,
}

constant! {
    /// The text `image_url`.
    pub struct FrameImageType = "image_url";
}

open_enum! {
    /// The first or the last frame of a video.
    pub enum VideoFrameType { FirstFrame, LastFrame }
}

union! {
    /// An image, audio or video for a model to go by; not all providers use more than images.
    pub enum VideoInputReference {
        tag type = "image_url" => ImageUrl(ContentPartImage),
        tag type = "audio_url" => AudioUrl(ContentPartAudio),
        tag type = "video_url" => VideoUrl(ContentPartVideo),
    }
}

/// Audio to go by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContentPartAudio {
    /// Where the audio is.
    pub audio_url: GeneratedImageUrl,
}

/// A video to go by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContentPartVideo {
    /// Where the video is.
    pub video_url: GeneratedImageUrl,
}

/// Options passed on to the providers of a video request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VideoProviderConfig {
    /// The options, by provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<BTreeMap<String, Object>>,
}

open_enum! {
    /// A size class of videos.
    pub enum VideoResolution {
        V480p = "480p", V720p = "720p", V768p = "768p", V1080p = "1080p", V1K = "1K", V2K = "2K",
        V4K = "4K",
    }
}

/// The state of a video job.
#[derive(Debug, Clone, ApiResponse)]
#[api(fields = json)]
pub struct VideoGenerationResponse {
    /// When to ask again, where the API says so: a number of seconds, or a date.
    #[api(header = "Retry-After")]
    pub retry_after: Option<String>,
    /// Why the job failed.
    pub error: Option<String>,
    /// The generation the job became; there once the job was processed.
    pub generation_id: Option<String>,
    /// What names the job in this API.
    pub id: String,
    /// Where to ask for the state of the job.
    pub polling_url: String,
    /// How far the job is.
    pub status: VideoGenerationStatus,
    /// Where the videos are, once the job is done.
    pub unsigned_urls: Option<Vec<String>>,
    /// What the job cost; there once it is done.
    pub usage: Option<VideoGenerationUsage>,
}

impl VideoGenerationResponse {
    /// Returns the request that reads the state of the job.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// use openrouter::video_generation::{GenerateVideo, VideoGenerationResponse};
    ///
    /// # async fn run(client: api_request::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let generate = GenerateVideo {
    ///     model: "google/veo-3.1".to_owned(),
    ///     prompt: Some("a fox".to_owned()),
    ///     ..GenerateVideo::default()
    /// };
    /// let poll = client.send(&generate).await?.poll();
    /// let call = client.call(&poll).timeout(Duration::from_secs(600));
    /// let job = call.until(VideoGenerationResponse::is_done).send().await?;
    /// println!("{:?}", job.unsigned_urls);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn poll(&self) -> PollVideo {
        PollVideo {
            polling_url: self.polling_url.clone(),
        }
    }

    /// Whether the job has ended, in whatever way. A status that is not known here counts as an end, so that nobody waits
    /// for ever.
    #[must_use]
    pub fn is_done(&self) -> bool {
        use VideoGenerationStatus::{InProgress, Pending};
        !matches!(self.status, Pending | InProgress)
    }
}

open_enum! {
    /// How far a video job is.
    pub enum VideoGenerationStatus { Pending, InProgress, Completed, Failed, Cancelled, Expired }
}

/// What a video job cost; known once it is done.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VideoGenerationUsage {
    /// The cost in US dollars.
    pub cost: Option<f64>,
    /// Whether your own key for the provider was used (BYOK).
    pub is_byok: Option<bool>,
}

/// The video models.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VideoModelsListResponse {
    /// The list of models.
    pub data: Vec<VideoModel>,
}

/// A model that generates videos.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VideoModel {
    /// The parameters of the provider that may be passed on to it.
    pub allowed_passthrough_parameters: Vec<String>,
    /// The model's permanent name.
    pub canonical_slug: String,
    /// When the model was added, in Unix seconds.
    pub created: i64,
    /// The levels of creativity an upscaling model takes.
    pub creativity: Option<Vec<i64>>,
    /// What the model is, for people.
    pub description: Option<String>,
    /// Whether the model can make sound too.
    pub generate_audio: Option<bool>,
    /// The model's name at Hugging Face.
    pub hugging_face_id: Option<String>,
    /// What names the model in requests.
    pub id: String,
    /// The model's name, for people.
    pub name: String,
    /// The prices by what is charged for, as text.
    pub pricing_skus: Option<BTreeMap<String, String>>,
    /// Whether a seed makes the result repeatable.
    pub seed: Option<bool>,
    /// The aspect ratios the model can make.
    pub supported_aspect_ratios: Option<Vec<VideoAspectRatio>>,
    /// The lengths the model can make, in seconds.
    pub supported_durations: Option<Vec<i64>>,
    /// The frames that can be given as images.
    pub supported_frame_images: Option<Vec<VideoFrameType>>,
    /// The size classes the model can make.
    pub supported_resolutions: Option<Vec<VideoResolution>>,
    /// The sizes in pixels the model can make.
    pub supported_sizes: Option<Vec<VideoSize>>,
    /// How much an upscaling model can enlarge.
    pub upscale_factor: Option<VideoUpscaleRange>,
}

open_enum! {
    /// A size of videos in pixels, width by height.
    pub enum VideoSize {
        V480x480 = "480x480", V480x640 = "480x640", V480x720 = "480x720", V480x854 = "480x854",
        V480x1120 = "480x1120", V560x752 = "560x752", V640x480 = "640x480", V640x640 = "640x640",
        V720x480 = "720x480", V720x720 = "720x720", V720x960 = "720x960", V720x1080 = "720x1080",
        V720x1280 = "720x1280", V720x1680 = "720x1680", V752x560 = "752x560", V768x768 = "768x768",
        V768x1024 = "768x1024", V768x1152 = "768x1152", V768x1366 = "768x1366",
        V768x1792 = "768x1792", V834x1112 = "834x1112", V854x480 = "854x480", V960x720 = "960x720",
        V960x960 = "960x960", V992x432 = "992x432", V1024x768 = "1024x768", V1080x720 = "1080x720",
        V1080x1080 = "1080x1080", V1080x1440 = "1080x1440", V1080x1620 = "1080x1620",
        V1080x1920 = "1080x1920", V1080x2520 = "1080x2520", V1112x834 = "1112x834",
        V1120x480 = "1120x480", V1152x768 = "1152x768", V1280x720 = "1280x720",
        V1366x768 = "1366x768", V1440x1080 = "1440x1080", V1440x1440 = "1440x1440",
        V1440x1920 = "1440x1920", V1440x2160 = "1440x2160", V1440x2560 = "1440x2560",
        V1440x3360 = "1440x3360", V1470x630 = "1470x630", V1620x1080 = "1620x1080",
        V1680x720 = "1680x720", V1792x768 = "1792x768", V1920x1080 = "1920x1080",
        V1920x1440 = "1920x1440", V2160x1440 = "2160x1440", V2160x2160 = "2160x2160",
        V2160x2880 = "2160x2880", V2160x3240 = "2160x3240", V2160x3840 = "2160x3840",
        V2160x5040 = "2160x5040", V2520x1080 = "2520x1080", V2560x1440 = "2560x1440",
        V2880x2160 = "2880x2160", V3240x2160 = "3240x2160", V3360x1440 = "3360x1440",
        V3840x2160 = "3840x2160", V5040x2160 = "5040x2160",
    }
}

/// The range of factors an upscaling model can enlarge by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VideoUpscaleRange {
    /// The largest factor.
    pub max: Option<f64>,
    /// The smallest factor.
    pub min: Option<f64>,
}
