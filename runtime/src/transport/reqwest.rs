//! The transport that is used unless another one is given.

use std::time::Duration;

use ::reqwest::{Client, Request, redirect, retry};
use http::{HeaderMap, Method};
use url::{Host, Url};

use super::{AnyTransport, Sending, progress::Progress};
use crate::{BaseUrl, Body, ConfigError, encoder::Encoded};

/// How long a connection may take to be made, unless something else is said.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub(crate) struct Reqwest(pub(crate) Client);

impl Reqwest {
    /// Sets up a client that leaves to us what has to hold for every transport.
    pub(crate) fn new(base: &BaseUrl, connect_timeout: Duration) -> Result<Self, ConfigError> {
        let set_up = || {
            let builder = Client::builder()
                .connect_timeout(connect_timeout)
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .no_gzip()
                .no_brotli()
                .no_deflate()
                .no_zstd()
                .referer(false);
            if is_loopback(base) {
                builder.no_proxy()
            } else {
                builder
            }
        };
        let client = match set_up().build() {
            // A machine without certificates is good enough: all that could need them is a proxy.
            #[cfg(any(feature = "default-tls", feature = "native-tls"))]
            Err(_) if base.origin_url().scheme() == "http" => set_up().tls_certs_only([]).build(),
            client => client,
        };
        client.map(Self).map_err(|error| {
            let mut reason: &dyn std::error::Error = &error;
            while let Some(source) = reason.source() {
                reason = source;
            }
            ConfigError::new(format!("the HTTP client cannot be set up: {reason}"))
        })
    }
}

/// Whether the base URL's host is this machine, which no proxy leads to.
fn is_loopback(base: &BaseUrl) -> bool {
    match base.origin_url().host() {
        Some(Host::Domain(domain)) => {
            let domain = domain.strip_suffix('.').unwrap_or(domain);
            domain == "localhost" || domain.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        None => false,
    }
}

impl AnyTransport for Reqwest {
    fn send(
        &self,
        request: Encoded,
        base: &BaseUrl,
        progress: Option<Progress>,
    ) -> Result<Sending<'_>, String> {
        let response = self.0.execute(convert(request, base, progress)?);
        Ok(Sending::Now(Box::pin(async {
            Ok(receive(response.await?))
        })))
    }
}

/// The response that came, decompressed.
pub(crate) fn receive(response: ::reqwest::Response) -> http::Response<Body> {
    let response = http::Response::from(response);
    #[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
    return super::decompress::decompress(response);
    #[cfg(not(any(feature = "gzip", feature = "brotli", feature = "zstd")))]
    response.map(Body::wrap)
}

/// Moves a request over, or says why its URL cannot be what was built.
pub(crate) fn convert(
    request: Encoded,
    base: &BaseUrl,
    progress: Option<Progress>,
) -> Result<Request, String> {
    let Encoded {
        method,
        target,
        headers,
        body,
    } = request;
    Ok(assemble(
        method,
        base.url(&target)?,
        headers,
        body,
        progress,
    ))
}

/// Puts a request together.
pub(crate) fn assemble(
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Body,
    progress: Option<Progress>,
) -> Request {
    let mut out = Request::new(method, url);
    *out.headers_mut() = headers;
    #[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
    super::decompress::accept(out.headers_mut());
    *out.body_mut() = match (body.into_bytes(), progress) {
        (Ok(bytes), _) if bytes.is_empty() => None,
        (Ok(bytes), None) => Some(bytes.into()),
        (Ok(bytes), Some(progress)) => Some(::reqwest::Body::wrap(progress.watch(bytes.into()))),
        (Err(body), _) => Some(::reqwest::Body::wrap(body)),
    };
    out
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn loopback_is_the_host_of_this_machine() {
        let cases = [
            ("http://localhost", true),
            ("http://LOCALHOST.:8080/v1", true),
            ("https://api.localhost", true),
            ("http://127.0.0.1", true),
            ("http://127.9.9.9:80", true),
            ("http://2130706433", true),
            ("http://[::1]:8080", true),
            ("http://[::ffff:127.0.0.1]", true),
            ("http://localhost.example.com", false),
            ("http://notlocalhost", false),
            ("http://127.0.0.1.example.com", false),
            ("http://128.0.0.1", false),
            ("http://[::2]", false),
            ("http://0.0.0.0", false),
        ];
        for (base, expected) in cases {
            assert_eq!(is_loopback(&base.parse().unwrap()), expected, "{base}");
        }
    }
}
