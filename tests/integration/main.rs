//! Integration tests: one module per behaviour.
#![allow(
    unreachable_pub,
    reason = "the modules of a test binary are all private"
)]
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

mod api_error;
mod base_url;
mod beside;
mod blocking;
mod body_file;
mod canary;
mod client_answer;
mod client_call;
mod client_cookies;
mod client_credentials;
mod client_decompression;
mod client_deprecation;
mod client_download;
mod client_download_reader;
mod client_error;
mod client_events;
mod client_head;
mod client_length;
mod client_limits;
mod client_origin;
mod client_pages;
mod client_pages_end;
mod client_pages_url;
mod client_provider;
mod client_provider_errors;
mod client_provider_own;
mod client_redirect;
mod client_resend;
mod client_retry;
mod client_retry_chosen;
mod client_scheme;
mod client_secrets;
mod client_service;
mod client_sign;
mod client_sign_aws;
mod client_timeout;
mod client_transport;
mod client_trust;
mod client_trust_follow;
mod client_trust_groups;
mod client_trust_secrets;
mod client_unauthorized;
mod client_until;
mod client_wire;
mod curl;
mod error_types;
mod event_cases;
mod event_chunks;
mod event_limits;
mod event_reference;
mod event_stream;
mod event_types;
mod events;
mod group_values;
mod groups;
mod groups_client;
mod groups_names;
mod lints;
mod multipart;
mod multipart_client;
mod multipart_parsers;
mod nullable;
mod open_enum;
mod operation;
mod operation_facts;
mod operation_meta;
mod operations_list;
mod pages_nested;
mod param_styles;
mod properties;
mod recorder;
mod response_decoding;
mod response_lines;
mod response_message;
mod secrets;
mod serde_attributes;
mod server;
mod testing;
mod tracing;
mod values;
mod wire;
mod wire_body;
mod wire_body_format;
mod wire_dots;
mod wire_empty_path;
mod wire_events;
mod wire_header;
mod wire_json_text;
mod wire_lines;
mod wire_media_type;
mod wire_names;
mod wire_numbers;
mod wire_part_header;
mod wire_path;
mod wire_query;
mod wire_table;
mod wire_url;
