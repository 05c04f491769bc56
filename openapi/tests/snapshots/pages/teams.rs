//! teams.

use api_request::ApiRequest;
use serde::Deserialize;

use super::types::{Data, Page, Paging, User};

/// `GET /teams`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/teams", name = "listTeams", response = Page<Team>)]
pub struct ListTeams {
    #[api(flatten)]
    pub paging: Paging,
}

/// `GET /teams/{id}`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/teams/{id}", name = "getTeam", response = Data<Team>)]
pub struct GetTeam {
    pub id: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Team {
    pub id: String,
    pub users: Vec<User>,
}
