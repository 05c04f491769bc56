//! Keeps responses, and asks the API whether they have changed, by the cache of the crate `http-cache-tower` as a layer.
//!
//! ```console
//! cargo run -p api-request-cookbook --example etag_cache
//! ```
//!
//! The layer is chosen, rather than `If-None-Match` and a 304 by hand, because it knows all of RFC 9111: `max-age`, `Vary`,
//! and that a `PUT` makes what is kept of that URL invalid. Its releases are pre-releases. What it does not know of the
//! client:
//!
//! - It keeps responses by method and URL. A client that has the layer must be of one user, with no other credentials for
//!   a call.
//! - It reads a response whole, before the client's limits hold, and makes text of an error of the transport, which is
//!   then neither `is_connect` nor `is_timeout`, and is retried as one that may have been sent. Requests that are not
//!   `GET` or `HEAD` pass it as they are, and so may a `GET` whose response is a stream, by `cache_mode_fn`.
//!
//! The server runs in this program, on loopback.

mod server;

use std::{
    error::Error,
    sync::{Arc, Mutex},
};

use api_request::{ApiRequest, Client, ReqwestTransport};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, StatusCode};
use http_cache::{CacheOptions, HttpCacheOptions, MokaManager};
use http_cache_tower::HttpCacheLayer;
use tower::ServiceBuilder;

/// Gets the menu.
#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/menu", response(text))]
struct GetMenu;

/// Replaces the menu.
#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/menu")]
struct PutMenu<'a> {
    #[api(body = text)]
    menu: &'a str,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let kitchen = Kitchen::default();
    let api = Router::new().route("/menu", get(menu).put(replace));
    let url = server::start(api.with_state(kitchen.clone())).await?;
    // Of one user: what is `private` is kept, too.
    let of_one_user = CacheOptions {
        shared: false,
        ..CacheOptions::default()
    };
    let options = HttpCacheOptions {
        cache_options: Some(of_one_user),
        ..HttpCacheOptions::default()
    };
    // ANCHOR: cache
    let service = ServiceBuilder::new()
        .layer(HttpCacheLayer::with_options(
            MokaManager::default(),
            options,
        ))
        .service(ReqwestTransport::new(&*url)?);
    let client = Client::builder(&*url)
        .bearer("sk-0e6f")
        .service(service)
        .build()?;
    // ANCHOR_END: cache

    for (menu, sent) in [("tea", "200"), ("tea", "304"), ("tea", "304")] {
        let response = client.call(&GetMenu).send_full().await?;
        assert_eq!((&*response.body, response.status), (menu, StatusCode::OK));
        println!(
            "{menu}: {}, the server sent a {sent}.",
            response.headers["x-cache"].to_str()?
        );
        assert_eq!(kitchen.sent(), sent);
    }
    client.send(&PutMenu { menu: "coffee" }).await?;
    assert_eq!(client.send(&GetMenu).await?, "coffee");
    println!("After a `PUT`, the server sent a {}.", kitchen.sent());
    assert_eq!(kitchen.sent(), "200");
    Ok(())
}

/// A menu, and the status that was sent last.
#[derive(Clone)]
struct Kitchen(Arc<Mutex<(String, StatusCode)>>);

impl Default for Kitchen {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(("tea".to_owned(), StatusCode::OK))))
    }
}

impl Kitchen {
    fn sent(&self) -> String {
        let (_, status) = &*self.0.lock().expect("no thread panics");
        status.as_str().to_owned()
    }
}

async fn menu(State(kitchen): State<Kitchen>, headers: HeaderMap) -> Response {
    let (menu, status) = &mut *kitchen.0.lock().expect("no thread panics");
    let etag = format!("\"{menu}\"");
    let is_known = headers
        .get("if-none-match")
        .is_some_and(|known| *known == *etag);
    *status = if is_known {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::OK
    };
    // It may be kept, and is not to be used without asking.
    let headers = [
        ("etag", etag),
        ("cache-control", "private, no-cache".to_owned()),
    ];
    let body = if is_known {
        String::new()
    } else {
        menu.clone()
    };
    (*status, headers, body).into_response()
}

async fn replace(State(kitchen): State<Kitchen>, new: String) -> StatusCode {
    let (menu, _) = &mut *kitchen.0.lock().expect("no thread panics");
    *menu = new;
    StatusCode::NO_CONTENT
}
