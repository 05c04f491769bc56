//! Types.

pub mod shapes;
pub mod types;

api_request::operations! {
    /// All operations that are declared.
    pub static OPERATIONS: [
        types::GetTypes,
        shapes::PutShape,
    ]
}
