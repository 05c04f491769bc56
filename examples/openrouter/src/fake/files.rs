//! Files that are uploaded, in the shape of the provider that they are stored at: `OpenRouter` itself, or another.
//!
//! Unlike at the API, which keeps to itself what was uploaded, the content of any file can be downloaded.

use super::prelude::*;
use crate::{common::SortDirection, files as api, files::FileProvider};
use bytes::Bytes;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list).on(upload).on(read).on(remove).on(download)
}

#[derive(Debug)]
pub(super) struct Kept {
    pub(super) id: String,
    place: Place,
    file: api::FileResponse,
    content: Bytes,
}

/// Where a file is stored: in a workspace, and at a provider if that is another.
type Place = (String, Option<FileProvider>);

/// The place in the workspace of this ID, or in the default one.
fn place(state: &State, id: Option<&str>, provider: Option<FileProvider>) -> Result<Place> {
    Ok((state.workspace(id)?, provider))
}

/// The shape that describes the files of the provider.
fn shape((_, provider): &Place) -> &str {
    let provider = provider.as_ref();
    provider.map_or("openrouter", FileProvider::as_str)
}

/// The file of this name, if it is stored here.
fn find<'s>(state: &'s State, place: &Place, id: &str) -> Result<&'s Kept> {
    let kept = Some(state.files.get(id)?).filter(|kept| kept.place == *place);
    kept.ok_or_else(|| not_found(format!("there is no file `{id}` here")))
}

async fn list(state: Held, request: api::ListFiles) -> Answer<api::ListFiles> {
    let place = place(&state, request.workspace_id.as_deref(), request.provider)?;
    let limit = rules::within("limit", request.limit.unwrap_or(100).into(), 1..=1000)?;
    let is_forward = request.before_id.is_none() && request.order != Some(SortDirection::Desc);
    ensure(is_forward, "files are listed from the oldest on")?;
    let files = state.files.iter().filter(|kept| kept.place == place);
    let mut files: Vec<_> = files.map(|kept| (&kept.id, &kept.file)).collect();
    if let Some(after) = request.cursor.or(request.after).or(request.after_id) {
        let place = files.iter().position(|(id, _)| **id == after);
        let place = place.ok_or_else(|| bad_request("the cursor leads nowhere"))?;
        files.drain(..=place);
    }
    let has_more = files.len() > limit;
    files.truncate(limit);
    let (ids, files): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    typed(json!({
        "_shape": shape(&place), "data": files, "first_id": ids.first(), "last_id": ids.last(), "has_more": has_more,
        "cursor": ids.last().filter(|_| has_more),
    }))
}

async fn upload(mut state: Held, request: api::UploadFile) -> Answer<api::UploadFile> {
    let place = place(&state, request.workspace_id.as_deref(), request.provider)?;
    let content = request.file.content().as_bytes();
    let content = content.cloned().unwrap_or_default();
    ensure(!content.is_empty(), "the file is empty")?;
    let (id, size) = (format!("or_file_{}", state.new_id()), content.len());
    let is_openai = place.1 == Some(FileProvider::Openai);
    // Each shape has some of these.
    let file: api::FileResponse = typed(json!({
        "_shape": shape(&place), "id": id, "filename": request.file.get_filename().unwrap_or("file"),
        "created_at": if is_openai { json!(seconds()) } else { json!(now()) },
        "mime_type": mime_type(&content), "size_bytes": size, "bytes": size,
        "downloadable": true, "purpose": "user_data",
    }))?;
    let kept = state.files.insert(Kept {
        id,
        place,
        file,
        content,
    })?;
    Ok(kept.file.clone())
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

async fn read(state: Held, request: api::GetFile) -> Answer<api::GetFile> {
    let place = place(&state, request.workspace_id.as_deref(), request.provider)?;
    Ok(find(&state, &place, &request.file_id)?.file.clone())
}

async fn remove(mut state: Held, request: api::DeleteFile) -> Answer<api::DeleteFile> {
    let place = place(&state, request.workspace_id.as_deref(), request.provider)?;
    find(&state, &place, &request.file_id)?;
    state.files.remove(&request.file_id)?;
    typed(json!({"_shape": shape(&place), "id": request.file_id, "deleted": true}))
}

async fn download(state: Held, request: api::DownloadFile) -> Answer<api::DownloadFile> {
    let place = place(&state, request.workspace_id.as_deref(), request.provider)?;
    let kept = find(&state, &place, &request.file_id)?;
    Ok(Body::from(kept.content.clone()).into())
}
