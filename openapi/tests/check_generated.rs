//! What `generate` writes agrees with the document that it was written from.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "they are the declarations of a library"
)]

mod support;

#[path = "snapshots/bodies/mod.rs"]
mod bodies;
#[path = "snapshots/pages/mod.rs"]
mod pages;
#[path = "snapshots/parameters/mod.rs"]
mod parameters;
#[path = "snapshots/plain/mod.rs"]
mod plain;
#[path = "snapshots/schemas/mod.rs"]
mod schemas;
#[path = "snapshots/server/mod.rs"]
mod server;

use support::differences;

#[test]
fn what_is_generated_agrees_with_its_document() {
    let all = [
        (bodies::OPERATIONS, include_str!("snapshots/bodies.yaml")),
        (
            parameters::OPERATIONS,
            include_str!("snapshots/parameters.yaml"),
        ),
        (pages::OPERATIONS, include_str!("snapshots/pages.yaml")),
        (plain::OPERATIONS, include_str!("snapshots/plain.yaml")),
        (schemas::OPERATIONS, include_str!("snapshots/schemas.yaml")),
        (server::OPERATIONS, include_str!("snapshots/server.yaml")),
    ];
    for (operations, document) in all {
        assert_eq!(differences(operations, document), [""; 0]);
    }
}
