//! A video job, until it has ended.

use std::time::Duration;

use api_request::ApiRequest;
use openrouter::{
    operation_for,
    video_generation::{GetVideo, VideoGenerationResponse, VideoGenerationStatus},
};
use serde_json::Value;

use super::{connection::Connection, failure::Failure, output};

/// Waits until a video job has ended, and prints the URLs of its videos
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What names the video job
    job_id: String,
    /// How long to wait at most
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    timeout: u64,
}

pub(super) async fn run(connection: &Connection, arguments: Arguments) -> Result<(), Failure> {
    if let Some(named) = operation_for(GetVideo::OPERATION.name(), &Value::Null) {
        connection.check_key(named)?;
    }
    let request = GetVideo {
        job_id: arguments.job_id,
    };
    let call = connection.client.call(&request);
    let call = call.timeout(Duration::from_secs(arguments.timeout));
    let job = call.until(VideoGenerationResponse::is_done).send().await?;
    if job.status != VideoGenerationStatus::Completed {
        let reason = job.error.unwrap_or_else(|| "there is no reason".to_owned());
        let message = format!("the video job is {}: {reason}", job.status);
        return Err(Failure::api(message));
    }
    let urls = job.unsigned_urls.unwrap_or_default();
    urls.iter().try_for_each(|url| output::line(url))
}
