//! Files are uploaded, listed page by page, read, downloaded and deleted.

use api_request::{Client, Part};
use futures_util::TryStreamExt;
use openrouter::{
    error::OpenRouterError,
    files::{
        DeleteFile, DownloadFile, FileDeleteResponse, FileListResponse, FileProvider, FileResponse,
        GetFile, ListFiles, OpenRouterFile, UploadFile,
    },
};

use crate::start;

fn upload(name: &str, content: &[u8]) -> UploadFile {
    UploadFile {
        workspace_id: None,
        provider: None,
        file: Part::bytes(content.to_vec()).filename(name),
    }
}

async fn uploaded(api: &Client, name: &str, content: &[u8]) -> OpenRouterFile {
    match api.send(&upload(name, content)).await.unwrap() {
        FileResponse::Openrouter(file) => file,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_lives_until_it_is_deleted() {
    let (_fake, api) = start().await;
    let content: Vec<u8> = (0..=255).cycle().take(3_000_000).collect();
    let file = uploaded(&api, "numbers.pdf", &content).await;
    assert_eq!(file.mime_type, "application/octet-stream");
    assert_eq!(file.filename, "numbers.pdf");
    let download = DownloadFile {
        file_id: file.id.clone(),
        ..DownloadFile::default()
    };
    let chunks: Vec<_> = api
        .send(&download)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert!(chunks.concat() == content);
    let get = GetFile {
        file_id: file.id.clone(),
        ..GetFile::default()
    };
    let FileResponse::Openrouter(read) = api.send(&get).await.unwrap() else {
        panic!("it has another shape");
    };
    assert_eq!(read.size_bytes, 3_000_000);
    let delete = DeleteFile {
        file_id: file.id.clone(),
        ..DeleteFile::default()
    };
    let deleted = api.send(&delete).await.unwrap();
    assert!(matches!(deleted, FileDeleteResponse::Openrouter(deleted) if deleted.id == file.id));
    for error in [
        api.send(&get).await.unwrap_err(),
        api.send(&download).await.unwrap_err(),
        api.send(&delete).await.unwrap_err(),
    ] {
        assert!(
            matches!(error.api(), Some(OpenRouterError::NotFound(_))),
            "{error}"
        );
    }
}

#[tokio::test]
async fn all_pages_of_files_are_followed() {
    let (_fake, api) = start().await;
    for name in ["a", "b", "c", "d", "e"] {
        uploaded(&api, name, b"text").await;
    }
    let list = ListFiles {
        limit: Some(2),
        ..ListFiles::default()
    };
    let pages: Vec<FileListResponse> = api.call(&list).pages().try_collect().await.unwrap();
    let mut names = Vec::new();
    for page in &pages {
        let FileListResponse::Openrouter(page) = page else {
            panic!("{page:?}");
        };
        names.push(
            page.data
                .iter()
                .map(|file| file.filename.as_str())
                .collect::<String>(),
        );
    }
    assert_eq!(names, ["ab", "cd", "e"]);
}

#[tokio::test]
async fn files_of_another_provider_have_its_shape() {
    let (_fake, api) = start().await;
    uploaded(&api, "ours", b"text").await;
    for provider in [FileProvider::Openai, FileProvider::Anthropic] {
        for name in ["x", "y"] {
            let mut upload = upload(name, b"text");
            upload.provider = Some(provider.clone());
            api.send(&upload).await.unwrap();
        }
        let list = ListFiles {
            limit: Some(1),
            provider: Some(provider),
            ..ListFiles::default()
        };
        let pages: Vec<FileListResponse> = api.call(&list).pages().try_collect().await.unwrap();
        let names: Vec<&str> = pages
            .iter()
            .map(|page| match page {
                FileListResponse::Openai(page) => page.data[0].filename.as_str(),
                FileListResponse::Anthropic(page) => page.data[0].filename.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(names, ["x", "y"]);
    }
}

#[tokio::test]
async fn an_empty_file_is_refused() {
    let (_fake, api) = start().await;
    let error = api.send(&upload("empty", b"")).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::BadRequest(_))),
        "{error}"
    );
}
