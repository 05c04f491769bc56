//! users.

use api_request::ApiRequest;

use super::types::{Data, Page, Paging, User};

/// `GET /users`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/users", name = "listUsers", response = Page<User>)]
pub struct ListUsers {
    #[api(flatten)]
    pub paging: Paging,
}

/// `GET /users/{id}`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/users/{id}", name = "getUser", response = Data<User>)]
pub struct GetUser {
    pub id: String,
}
