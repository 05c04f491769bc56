//! How the pages of files follow each other: by a cursor that each of three forms of the answer has in its own way.

use api_request::{BoxError, Next, Page, PageItems, Paginate};

use super::{FileListResponse, FileResponse, ListFiles};

impl Paginate for ListFiles {
    fn next_page(&self, page: &Page<'_, FileListResponse>) -> Result<Next<Self>, BoxError> {
        let (has_more, last_id) = match page.response() {
            FileListResponse::Openrouter(list) => {
                return Ok(match &list.cursor {
                    Some(cursor) => Next::Request(Self {
                        cursor: Some(cursor.clone()),
                        ..self.clone()
                    }),
                    None => Next::End,
                });
            }
            FileListResponse::Openai(list) => (list.has_more, &list.last_id),
            FileListResponse::Anthropic(list) => (list.has_more, &list.last_id),
            FileListResponse::Other(_) => return Err("the list has none of the known forms".into()),
        };
        let Some(last_id) = last_id.clone().filter(|_| has_more) else {
            return Ok(Next::End);
        };
        let mut next = self.clone();
        // Each form has its own name for where to go on.
        match page.response() {
            FileListResponse::Openai(_) => next.after = Some(last_id),
            _ => next.after_id = Some(last_id),
        }
        Ok(Next::Request(next))
    }
}

impl PageItems<FileResponse> for ListFiles {
    fn items(page: FileListResponse) -> Vec<FileResponse> {
        match page {
            FileListResponse::Openrouter(list) => each(list.data, FileResponse::Openrouter),
            FileListResponse::Openai(list) => each(list.data, FileResponse::Openai),
            FileListResponse::Anthropic(list) => each(list.data, FileResponse::Anthropic),
            FileListResponse::Other(_) => Vec::new(),
        }
    }
}

fn each<T>(files: Vec<T>, form: fn(T) -> FileResponse) -> Vec<FileResponse> {
    files.into_iter().map(form).collect()
}
