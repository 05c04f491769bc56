//! Files that are uploaded, in the shape of the provider that they are stored at: `OpenRouter` itself, or another.
//!
//! Unlike at the API, which keeps to itself what was uploaded, the content of any file can be downloaded.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Multipart, Path, Query, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Answer, events,
    refusal::Refusal,
    state::{Shared, now, seconds},
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/files", get(list).post(upload))
        .route("/files/{file_id}", get(read).delete(remove))
        .route("/files/{file_id}/content", get(download))
}

/// How many bytes a chunk of a download has.
const CHUNK: usize = 64 << 10;

/// Where a file is stored.
#[derive(Deserialize)]
struct Place {
    workspace_id: Option<String>,
    provider: Option<String>,
}

impl Place {
    /// The workspace, and the shape that describes the files of the provider.
    fn resolve(&self, shared: &Shared) -> Result<(String, &str), Refusal> {
        let shape = match self.provider.as_deref() {
            None => "openrouter",
            Some(provider @ ("openai" | "anthropic")) => provider,
            Some(other) => {
                let message = format!("files cannot be stored at `{other}`");
                return Err(Refusal::bad_request(message));
            }
        };
        let workspace = shared.lock().workspace(self.workspace_id.as_deref())?;
        Ok((workspace, shape))
    }

    /// The file of this name, if it is stored here.
    fn find(&self, shared: &Shared, id: &str) -> Result<Value, Refusal> {
        let (workspace, shape) = self.resolve(shared)?;
        let state = shared.lock();
        let kept = state.files.get(id)?;
        if kept["workspace"] != workspace || kept["file"]["_shape"] != shape {
            return Err(Refusal::not_found(format!("there is no file `{id}` here")));
        }
        Ok(kept["file"].clone())
    }
}

#[derive(Deserialize)]
struct Paging {
    limit: Option<usize>,
    cursor: Option<String>,
    after: Option<String>,
    after_id: Option<String>,
    before_id: Option<String>,
    order: Option<String>,
}

async fn list(
    State(shared): State<Shared>,
    Query(place): Query<Place>,
    Query(paging): Query<Paging>,
) -> Answer {
    let (workspace, shape) = place.resolve(&shared)?;
    let limit = paging.limit.unwrap_or(100);
    if !(1..=1000).contains(&limit) {
        return Err(Refusal::bad_request("`limit` is not from 1 to 1000"));
    }
    if paging.before_id.is_some() || paging.order.is_some_and(|order| order != "asc") {
        return Err(Refusal::bad_request("files are listed from the oldest on"));
    }
    let state = shared.lock();
    let here = |kept: &&Value| kept["workspace"] == workspace && kept["file"]["_shape"] == shape;
    let mut files: Vec<&Value> = state
        .files
        .iter()
        .filter(here)
        .map(|kept| &kept["file"])
        .collect();
    if let Some(after) = paging.cursor.or(paging.after).or(paging.after_id) {
        let place = files.iter().position(|file| file["id"] == after);
        let place = place.ok_or_else(|| Refusal::bad_request("the cursor leads nowhere"))?;
        files.drain(..=place);
    }
    let has_more = files.len() > limit;
    files.truncate(limit);
    let id = |file: Option<&&Value>| file.map(|file| file["id"].clone());
    let last_id = id(files.last());
    let mut page = json!({
        "_shape": shape,
        "data": files,
        "first_id": id(files.first()),
        "last_id": last_id,
        "has_more": has_more,
    });
    match shape {
        "openrouter" => page["cursor"] = json!(last_id.filter(|_| has_more)),
        "openai" => page["object"] = json!("list"),
        _ => {}
    }
    Ok(Json(page))
}

async fn upload(
    State(shared): State<Shared>,
    Query(place): Query<Place>,
    mut form: Multipart,
) -> Answer {
    let (workspace, shape) = place.resolve(&shared)?;
    let unreadable =
        |error: axum::extract::multipart::MultipartError| Refusal::bad_request(error.body_text());
    let mut found = None;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or("file").to_owned();
            found = Some((name, field.bytes().await.map_err(unreadable)?));
        }
    }
    let (name, content) =
        found.ok_or_else(|| Refusal::bad_request("the form has no part `file`"))?;
    if content.is_empty() {
        return Err(Refusal::bad_request("the file is empty"));
    }
    let mut state = shared.lock();
    let id = format!("or_file_{}", state.new_id());
    let file = describe(shape, &id, &name, &content);
    state
        .files
        .insert(json!({"id": id, "workspace": workspace, "file": file}))?;
    state.contents.insert(id, content);
    Ok(Json(file))
}

fn describe(shape: &str, id: &str, name: &str, content: &Bytes) -> Value {
    if shape == "openai" {
        return json!({
            "_shape": shape,
            "object": "file",
            "id": id,
            "filename": name,
            "bytes": content.len(),
            "created_at": seconds(),
            "purpose": "user_data",
            "status": "processed",
        });
    }
    json!({
        "_shape": shape,
        "type": "file",
        "id": id,
        "filename": name,
        "mime_type": mime_type(content),
        "size_bytes": content.len(),
        "created_at": now(),
        "downloadable": true,
    })
}

/// What a file is, by its content and not by its name.
fn mime_type(content: &[u8]) -> &'static str {
    match content {
        [b'%', b'P', b'D', b'F', b'-', ..] => "application/pdf",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        text if str::from_utf8(text).is_ok() => "text/plain",
        _ => "application/octet-stream",
    }
}

async fn read(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Answer {
    Ok(Json(place.find(&shared, &id)?))
}

async fn remove(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Answer {
    let file = place.find(&shared, &id)?;
    let mut state = shared.lock();
    state.files.remove(&id)?;
    state.contents.remove(&id);
    let mut answer = json!({"_shape": file["_shape"], "id": id, "type": "file_deleted"});
    if file["_shape"] == "openai" {
        answer = json!({"_shape": "openai", "id": id, "object": "file", "deleted": true});
    }
    Ok(Json(answer))
}

async fn download(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result<Response, Refusal> {
    place.find(&shared, &id)?;
    let mut content = shared.lock().contents.get(&id).cloned().unwrap_or_default();
    let chunks = std::iter::from_fn(move || {
        let size = content.len().min(CHUNK);
        (size > 0).then(|| content.split_to(size))
    });
    Ok(events::bytes("application/octet-stream", chunks))
}
