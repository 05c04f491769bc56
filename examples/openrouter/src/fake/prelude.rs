//! What most files of the stand-in need.

use std::vec;

use api_request::EventRequest;

pub(super) use api_request::{ApiRequest, Body, axum::Router};
pub(super) use futures_util::stream;
pub(super) use serde_json::{Value, json};

pub(super) use super::{
    catalogue::{self, MODELS, Model},
    collection::{Collection, count, is, merge, page, page_of},
    days,
    generations::Generation,
    organization::OWNER,
    refusal::{
        bad_request, conflict, ensure, forbidden, internal, not_found, payment_required, typed,
    },
    rules,
    sent::{members, path},
    state::{DEFAULT_WORKSPACE, Held, Shared, State, now, seconds},
    words,
};
pub(super) use crate::{error::OpenRouterError, json::Object};

/// What is there unless it is refused.
pub(super) type Result<T = (), E = OpenRouterError> = std::result::Result<T, E>;

/// What an operation answers.
pub(super) type Answer<R> = Result<<R as ApiRequest>::Response, <R as ApiRequest>::Error>;

/// What an operation answers as a stream.
pub(super) type Events<R> = Result<stream::Iter<vec::IntoIter<Event<R>>>, <R as ApiRequest>::Error>;

/// What comes in such a stream.
type Event<R> = Result<<R as EventRequest>::Event, <R as ApiRequest>::Error>;
