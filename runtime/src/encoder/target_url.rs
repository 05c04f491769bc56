//! The target of a request whose URL a field gives.

use std::sync::Arc;

use url::form_urlencoded;
use zeroize::Zeroizing;

use super::{
    draft::{Encoder, put, refused},
    given_url::GivenUrl,
    kind::SinkKind,
    sink::Sink,
    traits::ParamValue,
};
use crate::{
    EncodeError,
    operation::Param,
    reference::{Resolved, resolve},
    secret, secrets,
};

/// Room for a usual URL, so that a secret one leaves no smaller buffers behind.
const CAPACITY: usize = 512;

impl Encoder<'_> {
    /// Writes the path and query of the URL that a field gives. Where secrets are not to be seen, the marker of a secret
    /// stands for the whole URL.
    pub(super) fn url(
        &mut self,
        out: &mut Vec<u8>,
        param: &'static Param,
        value: &dyn ParamValue,
    ) -> Result<(), EncodeError> {
        let operation = self.operation;
        let refused = |reason| refused(operation, Some(param.field), reason);
        let mut text = Zeroizing::new(Vec::with_capacity(CAPACITY));
        let mut sink = Sink::new(&mut text, operation, SinkKind::Text, "");
        // Not redacted, because whether it is a URL is not a secret.
        secret::take_seen();
        put(&mut sink, param, value)?;
        let is_none = sink.none;
        if is_none {
            return Err(refused("is `None`, but a request needs a URL"));
        }
        let is_secret = param.secret || secret::take_seen();
        let text = std::str::from_utf8(&text).map_err(|_| refused("is not text"))?;
        let Resolved { origin, target } = resolve(text, self.to.base).map_err(refused)?;
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (&**target, None),
        };
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        if is_secret {
            // An API may repeat any part of it.
            path.split('/').for_each(secrets::keep);
            pairs.for_each(|(_, value)| secrets::keep(&value));
        }
        match self.redact.marker(is_secret, param.name) {
            Some(marker) => out.extend_from_slice(marker.as_bytes()),
            None => out.extend_from_slice(target.as_bytes()),
        }
        self.url = Some(Box::new(GivenUrl {
            param,
            is_secret,
            origin: origin.map(Arc::new),
            separator: match query {
                None => "?",
                Some("") => "",
                Some(_) => "&",
            },
            names: pairs.map(|(name, _)| name.into_owned()).collect(),
        }));
        Ok(())
    }
}
