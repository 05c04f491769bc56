//! Pages API.

pub mod keys;
pub mod teams;
pub mod types;
pub mod users;

/// Where the API is.
pub const BASE_URL: &str = "https://api.example.com";

api_request::operations! {
    /// All operations that are declared.
    pub static OPERATIONS: [
        keys::ListKeys,
        keys::GetKey,
        users::ListUsers,
        users::GetUser,
        teams::ListTeams,
        teams::GetTeam,
    ]
}
