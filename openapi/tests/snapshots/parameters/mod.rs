//! Parameters.

pub mod files;
pub mod find;
pub mod search;

api_request::operations! {
    /// All operations that are declared.
    pub static OPERATIONS: [
        search::Search,
        files::PutFile,
        find::FindFindByName,
    ]
}
