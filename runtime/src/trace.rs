//! What is told about calls through `tracing`: a span for each call, an event for each attempt.
//!
//! Names and values are those of OpenTelemetry's
//! [conventions for HTTP clients](https://opentelemetry.io/docs/specs/semconv/http/http-spans/). Invariants: all that is
//! told is in the declaration, the base URL's origin, a status, or a word of ours, so no value of a request is; the span
//! is entered only while its future is polled. Without the features `client` and `tracing`, nothing is left of it.

#[cfg(all(feature = "client", feature = "tracing"))]
pub(crate) use told::CallSpan;
#[cfg(not(all(feature = "client", feature = "tracing")))]
pub(crate) use untold::CallSpan;

#[cfg(all(feature = "client", feature = "tracing"))]
mod told {
    use std::time::Duration;

    use tracing::{Instrument, Level, Span, event, field::Empty, info_span};

    use crate::{
        BaseUrl,
        error::{ErrorKind as Kind, Failure, Report},
        operation::Operation,
        response::RawResponse,
    };

    /// The target of all that is told.
    const TARGET: &str = "api_request";

    /// The methods that the conventions know.
    const METHODS: [&str; 9] = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
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
            Self(info_span!(
                target: TARGET,
                "api_request",
                "otel.name" = format_args!("{verb} {}", operation.path),
                "otel.kind" = "client",
                "otel.status_code" = Empty,
                "api.operation" = operation.name,
                "http.request.method" = method,
                "http.request.method_original" = (!known).then_some(operation.method),
                "url.template" = operation.path,
                // An IPv6 address stands in brackets in URLs only.
                "server.address" = host.trim_matches(['[', ']']),
                "server.port" = url.port_or_known_default().map(i64::from),
                "http.response.status_code" = Empty,
                "http.request.resend_count" = Empty,
                "error.type" = Empty,
            ))
        }

        /// Runs a call inside of the span.
        pub(crate) fn around<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
            // Not an `async fn`, which would hold the call twice.
            call.instrument(self.0.clone())
        }

        /// Begins a call, which has to be [`ended`](Unfinished::ended).
        pub(crate) fn unfinished(&self) -> Unfinished {
            Unfinished(Some(self.clone()))
        }

        /// Tells of an attempt that failed and is followed by another one.
        pub(crate) fn retried(&self, failure: &Report, resends: u32, delay: Duration) {
            event!(
                target: TARGET,
                parent: &self.0,
                Level::WARN,
                "http.response.status_code" = status(failure),
                "http.request.resend_count" = resend_count(resends),
                "error.type" = error_type(failure),
                "api.retry_delay_ms" = i64::try_from(delay.as_millis()).ok(),
                "the attempt failed, there will be another"
            );
        }

        /// Tells how the last attempt ended, and with it the call.
        fn ended(&self, result: &Result<RawResponse, Failure>, resends: u32) {
            if let Some(count) = resend_count(resends) {
                self.0.record("http.request.resend_count", count);
            }
            let answered = match result {
                Ok(answer) => Some(i64::from(answer.head.status.as_u16())),
                Err(failure) => status(failure),
            };
            event!(
                target: TARGET,
                parent: &self.0,
                Level::DEBUG,
                "http.response.status_code" = answered,
                "http.request.resend_count" = resend_count(resends),
                "error.type" = result.as_ref().err().map(|failure| error_type(failure)),
                "the attempt ended"
            );
            match result {
                Ok(_) => {
                    self.0.record("http.response.status_code", answered);
                }
                Err(failure) => self.failed(failure),
            }
        }

        /// Notes how the call failed.
        pub(crate) fn failed(&self, failure: &Report) {
            self.0.record("http.response.status_code", status(failure));
            fail(&self.0, error_type(failure));
        }
    }

    /// A call under way: if it is dropped before it ended, the span says so.
    pub(crate) struct Unfinished(Option<CallSpan>);

    impl Unfinished {
        pub(crate) fn ended(mut self, result: &Result<RawResponse, Failure>, resends: u32) {
            if let Some(span) = self.0.take() {
                span.ended(result, resends);
            }
        }
    }

    impl Drop for Unfinished {
        fn drop(&mut self) {
            if let Some(CallSpan(span)) = &self.0 {
                fail(span, "cancelled");
            }
        }
    }

    fn fail(span: &Span, error_type: &str) {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", error_type);
    }

    fn status(failure: &Report) -> Option<i64> {
        let answer = failure.response.as_ref()?;
        Some(i64::from(answer.status.as_u16()))
    }

    /// How many requests were sent after the first one, if any was.
    fn resend_count(resends: u32) -> Option<i64> {
        (resends > 0).then_some(i64::from(resends))
    }

    /// The status, or a word: one of few, so that errors can be counted by it.
    fn error_type(failure: &Report) -> &str {
        match (&failure.kind, &failure.response) {
            (Kind::Status(_), Some(answer)) if !answer.status.is_success() => {
                answer.status.as_str()
            }
            // An error inside of a 2xx.
            (Kind::Status(_), _) => "api",
            (Kind::Encode(_) | Kind::Unsendable(_), _) => "encode",
            (Kind::Config(_), _) => "config",
            (Kind::Credentials, _) => "credentials",
            (Kind::Connect { .. }, _) => "connect",
            (Kind::Timeout(_), _) => "timeout",
            (Kind::Transport, _) => "transport",
            (Kind::Decode { .. }, _) => "decode",
            (Kind::Redirect(_), _) => "redirect",
            (Kind::TooLarge(_), _) => "too_large",
            (Kind::Write(_), _) => "write",
            (Kind::Page(_), _) => "page",
            #[cfg(feature = "events")]
            (Kind::EventTooLarge(_), _) => "too_large",
            #[cfg(feature = "events")]
            (Kind::Truncated(_), _) => "truncated",
        }
    }
}

#[cfg(not(all(feature = "client", feature = "tracing")))]
mod untold {
    #[cfg(feature = "client")]
    use std::time::Duration;

    use crate::error::Report;
    #[cfg(feature = "client")]
    use crate::{BaseUrl, error::Failure, operation::Operation, response::RawResponse};

    /// Stands for the span of a call where nobody asks for one.
    #[derive(Clone, Default)]
    pub(crate) struct CallSpan(());

    #[expect(clippy::unused_self, reason = "it is asked like the span")]
    impl CallSpan {
        pub(crate) fn failed(&self, _: &Report) {}
    }

    #[cfg(feature = "client")]
    #[expect(clippy::unused_self, reason = "it is asked like the span")]
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

        pub(crate) fn ended(&self, _: &Result<RawResponse, Failure>, _: u32) {}
    }
}
