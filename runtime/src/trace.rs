//! Calls as `tracing` shows them: a span for each call, an event for each attempt.
//!
//! Names and values are those of OpenTelemetry's
//! [conventions for HTTP clients](https://opentelemetry.io/docs/specs/semconv/http/http-spans/). Invariants: each
//! field is from the declaration, the base URL's origin, a status, or a fixed list of words, so none holds a value of a
//! request; the span is entered only while its future is polled. Without the features `client` and `tracing`, a
//! `CallSpan` is empty and its methods do nothing.

#[cfg(not(all(feature = "client", feature = "tracing")))]
pub(crate) use absent::CallSpan;
#[cfg(all(feature = "client", feature = "tracing"))]
pub(crate) use recorded::CallSpan;

#[cfg(all(feature = "client", feature = "tracing"))]
mod recorded {
    use std::time::Duration;

    use http::StatusCode;
    use tracing::{Instrument, Level, Span, event, field::Empty, info_span};

    use crate::{
        BaseUrl,
        error::{ErrorKind, Report},
        operation::Operation,
    };

    /// The target of the spans and events.
    const TARGET: &str = "api_request";

    /// The methods that the conventions know.
    const METHODS: [&str; 10] = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE",
    ];

    /// The span of one call.
    #[derive(Clone)]
    pub(crate) struct CallSpan(Span);

    impl Default for CallSpan {
        fn default() -> Self {
            Self(Span::none())
        }
    }

    impl CallSpan {
        pub(crate) fn new(operation: &'static Operation, base: &BaseUrl) -> Self {
            let known = METHODS.contains(&operation.method);
            let (method, verb) = if known {
                (operation.method, operation.method)
            } else {
                ("_OTHER", "HTTP")
            };
            let url = base.origin_url();
            let host = url.host_str().unwrap_or_default();
            let template = Some(operation.path).filter(|path| !path.is_empty());
            let space = if template.is_some() { " " } else { "" };
            Self(info_span!(
                target: TARGET,
                "api_request",
                "otel.name" = format_args!("{verb}{space}{}", operation.path),
                "otel.kind" = "client",
                "otel.status_code" = Empty,
                "api.operation" = operation.name,
                "http.request.method" = method,
                "http.request.method_original" = (!known).then_some(operation.method),
                "url.template" = template,
                // An IPv6 address stands in brackets in URLs only.
                "server.address" = host.trim_matches(['[', ']']),
                "server.port" = url.port_or_known_default().map(i64::from),
                "http.response.status_code" = Empty,
                "http.request.resend_count" = Empty,
                "error.type" = Empty,
            ))
        }

        /// Runs a call inside its span.
        pub(crate) fn around<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
            // Not an `async fn`, which would hold the call twice.
            call.instrument(self.0.clone())
        }

        /// Starts a call, which has to be [`ended`](Unfinished::ended).
        pub(crate) fn unfinished(&self) -> Unfinished<'_> {
            Unfinished(Some(self))
        }

        /// Records an attempt that failed and is followed by another one.
        pub(crate) fn retried(&self, failure: &Report, resends: u32, delay: Duration) {
            event!(
                target: TARGET,
                parent: &self.0,
                Level::WARN,
                "http.response.status_code" = status_of(failure),
                "http.request.resend_count" = resend_count(resends),
                "error.type" = error_type(failure),
                "api.retry_delay_ms" = i64::try_from(delay.as_millis()).ok(),
                "the attempt failed, another one follows"
            );
        }

        /// Records that the API announces the end of the operation.
        pub(crate) fn warned(&self, operation: &Operation, warning: &'static str) {
            event!(
                target: TARGET,
                parent: &self.0,
                Level::WARN,
                "api.operation" = operation.name,
                "{warning}"
            );
        }

        /// Records how the call failed.
        pub(crate) fn failed(&self, failure: &Report) {
            self.0
                .record("http.response.status_code", status_of(failure));
            fail(&self.0, error_type(failure));
        }
    }

    /// A call that has not ended: if it is dropped, its span is marked as cancelled.
    pub(crate) struct Unfinished<'a>(Option<&'a CallSpan>);

    impl Unfinished<'_> {
        /// Records how the call ended, and the last attempt if there was one.
        pub(crate) fn ended(
            mut self,
            result: Result<StatusCode, &Report>,
            attempts: u32,
            resends: u32,
        ) {
            let Some(CallSpan(span)) = self.0.take() else {
                return;
            };
            let status = result.map_or_else(status_of, |status| Some(i64::from(status.as_u16())));
            let error = result.err().map(error_type);
            if attempts > 0 {
                event!(
                    target: TARGET,
                    parent: span,
                    Level::DEBUG,
                    "http.response.status_code" = status,
                    "http.request.resend_count" = resend_count(resends),
                    "error.type" = error,
                    "the attempt ended"
                );
            }
            span.record("http.response.status_code", status);
            span.record("http.request.resend_count", resend_count(resends));
            if let Some(error) = error {
                fail(span, error);
            }
        }
    }

    impl Drop for Unfinished<'_> {
        fn drop(&mut self) {
            if let Some(CallSpan(span)) = self.0 {
                fail(span, "cancelled");
            }
        }
    }

    fn fail(span: &Span, error_type: &str) {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", error_type);
    }

    fn status_of(failure: &Report) -> Option<i64> {
        let response = failure.response.as_ref()?;
        Some(i64::from(response.status.as_u16()))
    }

    /// Returns the number of requests after the first one, if there were any.
    fn resend_count(resends: u32) -> Option<i64> {
        (resends > 0).then_some(i64::from(resends))
    }

    /// Returns the status or one of a few words, so that errors can be counted by it. The documentation of `Client` has
    /// the words.
    fn error_type(failure: &Report) -> &str {
        match (&failure.kind, &failure.response) {
            (ErrorKind::Status(_), Some(response)) if !response.status.is_success() => {
                response.status.as_str()
            }
            // An error inside of a 2xx.
            (ErrorKind::Status(_), _) => "api",
            (ErrorKind::Encode(_) | ErrorKind::Unsendable(_), _) => "encode",
            (ErrorKind::Config(_), _) => "config",
            (ErrorKind::Credentials, _) => "credentials",
            (ErrorKind::Connect { .. }, _) => "connect",
            (ErrorKind::Timeout(_), _) => "timeout",
            (ErrorKind::NotProcessed { .. } | ErrorKind::Transport | ErrorKind::InvalidHead, _) => {
                "transport"
            }
            (
                ErrorKind::Decode { .. } | ErrorKind::DecodeError { .. } | ErrorKind::DecodeHead(_),
                _,
            ) => "decode",
            (ErrorKind::Redirect(_), _) => "redirect",
            (ErrorKind::TooLarge(_) | ErrorKind::HeadTooLarge, _) => "too_large",
            (ErrorKind::Write(_), _) => "write",
            (ErrorKind::Page(_), _) => "page",
            #[cfg(feature = "events")]
            (ErrorKind::EventTooLarge(_), _) => "too_large",
            #[cfg(feature = "lines")]
            (ErrorKind::LineTooLarge(_), _) => "too_large",
            #[cfg(any(feature = "events", feature = "lines"))]
            (ErrorKind::Truncated(_), _) => "truncated",
        }
    }
}

#[cfg(not(all(feature = "client", feature = "tracing")))]
mod absent {
    #[cfg(feature = "client")]
    use std::time::Duration;

    #[cfg(feature = "client")]
    use http::StatusCode;

    use crate::error::Report;
    #[cfg(feature = "client")]
    use crate::{BaseUrl, operation::Operation};

    /// Stands for the span of a call where none is recorded.
    #[derive(Clone, Default)]
    pub(crate) struct CallSpan(());

    #[expect(clippy::unused_self, reason = "the methods are those of the span")]
    impl CallSpan {
        pub(crate) fn failed(&self, _: &Report) {}
    }

    #[cfg(feature = "client")]
    #[expect(clippy::unused_self, reason = "the methods are those of the span")]
    impl CallSpan {
        pub(crate) fn new(_: &'static Operation, _: &BaseUrl) -> Self {
            Self(())
        }

        pub(crate) fn around<F: Future>(&self, call: F) -> F {
            call
        }

        pub(crate) fn retried(&self, _: &Report, _: u32, _: Duration) {}

        pub(crate) fn unfinished(&self) -> Self {
            self.clone()
        }

        pub(crate) fn ended(&self, _: Result<StatusCode, &Report>, _: u32, _: u32) {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn each_error_type_is_documented() {
        let source = include_str!("trace.rs");
        let (_, function) = source.split_once("fn error_type(").unwrap();
        let (function, _) = function.split_once("\n    }\n").unwrap();
        // The features in attributes are in quotes too.
        let lines = function.lines().filter(|line| !line.contains("#["));
        let words = lines.filter_map(|line| line.split('"').nth(1));
        let words: BTreeSet<&str> = words.chain(["cancelled"]).collect();

        let docs = include_str!("client/state.rs");
        let (_, docs) = docs.split_once("/// `error.type` is ").unwrap();
        let (docs, _) = docs.split_once("///\n").unwrap();
        let documented: BTreeSet<&str> = docs.split('`').skip(1).step_by(2).collect();
        assert_eq!(words, documented);
    }
}
