//! Parameters.

pub mod content;
pub mod files;
pub mod find;
pub mod search;

/// Where the API is.
pub const BASE_URL: &str = "https://api.example.com/v1";

api_request::operations! {
    /// All operations that are declared.
    pub static OPERATIONS: [
        search::Search,
        files::PutFile,
        content::PutContent,
        find::FindFindByName,
    ]
}
