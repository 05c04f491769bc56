//! Credentials of a provider: put on a request, replaced after a 401, and the signature.

use http::{header::AUTHORIZATION, response};

use super::state::Exchange;
use crate::{
    Body, BoxError, Phase,
    client::auth::{Grant, Provider},
    encoder::Encoded,
    error::{ErrorKind, Failure, SharedError, Wait},
    secrets::Secrets,
};

impl Exchange<'_> {
    /// Puts the provider's credentials on a request that needs them.
    pub(super) async fn authorize(&mut self, request: &mut Encoded) -> Result<(), Failure> {
        let Some(provider) = self.provider else {
            return Ok(());
        };
        match self.grant(provider).await {
            Ok(Ok(grant)) => {
                self.put_on(request, grant);
                Ok(())
            }
            Ok(Err(error)) => {
                let report = self.report(ErrorKind::Credentials);
                Err(Box::new(report.source(BoxError::from(error))))
            }
            Err(wait) => Err(self.report(ErrorKind::Timeout(wait))),
        }
    }

    /// Replaces credentials that the API rejected by a response of this head; the error is that of the call.
    pub(super) async fn refresh(
        &mut self,
        provider: &Provider,
        request: &mut Encoded,
        (head, body): (response::Parts, Body),
        secrets: &Secrets,
    ) -> Result<(), Failure> {
        let mut refused = self.refused(head, body, secrets).await;
        self.reached = Phase::Answered;
        self.is_refreshed = true;
        provider.refuse(self.fetch);
        if request.body.try_clone().is_none() {
            refused.given_up = Some("the body can be sent only once".into());
            return Err(refused);
        }
        match self.grant(provider).await {
            Ok(Ok(grant)) => {
                self.put_on(request, grant);
                return Ok(());
            }
            Ok(Err(error)) => {
                refused.given_up = Some("the provider of credentials failed".into());
                refused.source = Some(error.into());
            }
            Err(wait) => refused.kind = ErrorKind::Timeout(wait),
        }
        Err(refused)
    }

    /// Returns the provider's credentials, cached or fetched.
    async fn grant(&mut self, provider: &Provider) -> Result<Result<Grant, SharedError>, Wait> {
        match provider.cached() {
            Some(grant) => Ok(Ok(grant)),
            // Boxed, so that it does not enlarge the future of each call, most of which have no provider.
            None => self.timer.wait_to_end(Box::pin(provider.fetch())).await,
        }
    }

    fn put_on(&mut self, request: &mut Encoded, grant: Grant) {
        match grant.value {
            Some(value) => request.headers.insert(AUTHORIZATION, value),
            None => request.headers.remove(AUTHORIZATION),
        };
        self.fetch = grant.fetch;
    }

    /// Lets the provider of the credentials sign a request.
    pub(super) fn sign(&mut self, request: &mut Encoded) -> Result<(), Failure> {
        if let Some(provider) = self.provider {
            let signed = provider.sign(request, self.base);
            self.signed =
                signed.map_err(|error| self.report(ErrorKind::Credentials).source(error))?;
        }
        Ok(())
    }
}
