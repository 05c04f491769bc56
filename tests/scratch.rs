#[path = "integration/from_http.rs"]
mod from_http;
#[path = "integration/from_http_groups.rs"]
mod from_http_groups;
#[path = "integration/from_http_parts.rs"]
mod from_http_parts;
#[path = "integration/from_http_refused.rs"]
mod from_http_refused;

#[path = "integration/from_http_paths.rs"]
mod from_http_paths;
#[path = "integration/from_http_properties.rs"]
mod from_http_properties;
#[path = "integration/wire.rs"]
mod wire;
