//! Where the runtime is, when it is renamed or re-exported, by a macro too.
pub mod reexported {
    pub use api_request as http_api;
}

#[derive(reexported::http_api::ApiError)]
#[api(crate = crate::reexported::http_api)]
enum Failure {
    #[api(other)]
    Other(u8),
}

#[macro_export]
macro_rules! failure {
    ($name:ident, $status:literal, $variant:ident: $ty:ty) => {
        #[derive($crate::reexported::http_api::ApiError)]
        #[api(crate = $crate::reexported::http_api, envelope = "error")]
        enum $name {
            #[api(status = $status)]
            $variant($ty),
        }
    };
}

failure!(Expanded, 404, NotFound: Vec<u8>);
failure!(Class, "5xx", Broken: Option<Vec<u8>>);

fn main() {
    use reexported::http_api::ErrorFormat as _;
    let read = |status| Expanded::from_response(status, &http::HeaderMap::new(), &"[7]".into());
    assert!(matches!(read(http::StatusCode::NOT_FOUND), Some(Expanded::NotFound(list)) if list == [7]));
    let _ = (Failure::Other(1), Class::Broken(None));
}
