//! The Keys API v2.
//!
//! Keys of an account.

pub mod api_keys;
pub mod types;

use api_request::ApiGroup;

use types::KeysError;

/// Where the API is.
pub const BASE_URL: &str = "https://api.example.com/v2";

/// What all operations share.
#[derive(Debug, Clone, Default, ApiGroup)]
#[api(error = KeysError)]
pub struct Keys {
    #[api(header = "X-App")]
    pub x_app: Option<String>,
}

api_request::operations! {
    /// All operations that are declared.
    #[allow(deprecated, reason = "they are operations of the API")]
    pub static OPERATIONS: [
        api_keys::ListKeys,
        api_keys::CreateKey,
        api_keys::GetKey,
        api_keys::DeleteKey,
    ]
}
