//! Where the runtime is, when it is renamed or re-exported.
mod reexported {
    pub use api_request as http_api;
}

#[derive(reexported::http_api::ApiRequest)]
#[api(method = GET, path = "/", crate = crate::reexported::http_api, header("A" = "b"))]
struct Reexported {
    #[api(query)]
    limit: Option<u8>,
}

#[derive(api_request::ApiRequest)]
#[api(method = GET, path = "/", crate = ::api_request)]
struct Rooted;

fn main() {
    use api_request::ApiRequest as _;
    let _ = (Reexported { limit: None }.limit, Rooted);
    assert_eq!(Reexported::OPERATION.params().count(), 1);
}
