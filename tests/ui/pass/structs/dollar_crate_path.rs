//! A macro of the crate that re-exports the runtime names it by `$crate`.
pub mod reexported {
    pub use api_request;
}

#[macro_export]
macro_rules! request {
    ($name:ident) => {
        #[derive($crate::reexported::api_request::ApiRequest)]
        #[api(method = GET, path = "/{0}", crate = $crate::reexported::api_request)]
        struct $name(u8);
    };
}

request!(Expanded);

fn main() {
    use api_request::ApiRequest as _;
    let _ = Expanded(1).0;
    assert_eq!(Expanded::OPERATION.params().count(), 1);
}
