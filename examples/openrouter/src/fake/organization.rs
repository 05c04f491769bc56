//! The organization that the account is of, and its members, who are there from the start.

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

use super::{
    Answer,
    collection::{Collection, Paging},
    query::Query,
    state::Shared,
};

/// The members: user ID, first name, last name, and role in the organization.
const MEMBERS: [(&str, &str, &str, &str); 3] = [
    (OWNER, "Ada", "Lovelace", "org:admin"),
    ("user_grace", "Grace", "Hopper", "org:member"),
    ("user_alan", "Alan", "Turing", "org:member"),
];

/// What names the organization.
pub(super) const ID: &str = "org_offline";

/// The member who makes all requests.
pub(super) const OWNER: &str = "user_ada";

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/organization/members", get(list))
}

pub(super) fn members() -> Collection {
    let members = MEMBERS.map(|(id, first, last, role)| {
        let email = format!("{}@example.com", first.to_lowercase());
        json!({"id": id, "first_name": first, "last_name": last, "email": email, "role": role})
    });
    Collection::filled("member", "id", Vec::<Value>::from(members))
}

async fn list(State(shared): State<Shared>, Query(paging): Query<Paging>) -> Answer {
    Ok(Json(shared.lock().members.page(&paging, |_| true)))
}
