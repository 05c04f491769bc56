//! Bodies.

pub mod chat;
pub mod export;
pub mod job;
pub mod labels;
pub mod shared;
pub mod token;
pub mod upload;

api_request::operations! {
    /// All operations that are declared.
    pub static OPERATIONS: [
        upload::Upload,
        token::Token,
        chat::Chat,
        shared::PutShared,
        export::Export,
        job::Job,
        labels::SetLabels,
    ]
}
