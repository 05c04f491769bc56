//! Where the runtime is, when it is renamed or re-exported, by a macro too.
pub mod reexported {
    pub use api_request as http_api;
}

#[derive(Debug, PartialEq, reexported::http_api::OpenEnum)]
#[api(crate = crate::reexported::http_api)]
enum Status {
    Active,
    #[api(other)]
    Other(String),
}

#[macro_export]
macro_rules! open {
    ($name:ident, $($variant:ident = $text:literal),+; $other:ident($ty:ty)) => {
        #[derive($crate::reexported::http_api::OpenEnum)]
        #[api(crate = $crate::reexported::http_api)]
        pub enum $name {
            $(#[api(name = $text)] $variant,)+
            #[api(other)]
            $other($ty),
        }
    };
}

open!(Expanded, Active = "on", Gone = "off"; Later(String));

fn main() {
    assert_eq!(Status::from("Active"), Status::Active);
    assert!(matches!(Expanded::from("off"), Expanded::Gone));
}
