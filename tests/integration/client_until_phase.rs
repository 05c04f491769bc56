//! How far a call got that asks again until a job is done: an earlier response counts.

use std::sync::{Arc, Mutex};

use api_request::{
    ApiRequest, Authorization, Body, BoxError, Credentials, Phase, Retry, TransportError,
};
use http::Response;

use crate::server::double;

#[derive(ApiRequest)]
#[api(method = POST, path = "/jobs/7", response = bool)]
struct AskForJob;

/// What comes after a first response that says that the job is not done.
#[derive(Debug, Clone, Copy)]
enum Then {
    Refuse,
    Break,
    NotProcessed,
    Status,
    LoggedOut,
}

/// Gives one token, which expires at once.
struct Once(Mutex<Option<&'static str>>);

impl Credentials for Once {
    async fn get(&self) -> Result<Authorization, BoxError> {
        let token = self.0.lock().unwrap().take().ok_or("logged out")?;
        Ok(Authorization::bearer(token).expires_in(std::time::Duration::ZERO))
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_was_asked_for_once_was_answered() {
    for then in [
        Then::Refuse,
        Then::Break,
        Then::NotProcessed,
        Then::Status,
        Then::LoggedOut,
    ] {
        let sent = Arc::new(Mutex::new(0));
        let count = sent.clone();
        let client = double(move |_: http::Request<Body>| {
            *count.lock().unwrap() += 1;
            let is_first = *count.lock().unwrap() == 1;
            async move {
                let broken = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
                match then {
                    _ if is_first => Ok(Response::new("false".into())),
                    Then::Refuse => Err(TransportError::connect(broken()).into()),
                    Then::Break => Err(broken().into()),
                    Then::NotProcessed => Err(TransportError::not_processed(broken()).into()),
                    _ => Ok(Response::builder().status(404).body(Body::empty())?),
                }
            }
        });
        let client = match then {
            Then::LoggedOut => client.credentials(Once(Mutex::new(Some("t")))),
            _ => client,
        };
        let client = client.retry(Retry::none()).build().unwrap();
        let until = client.call(&AskForJob).until(|is_done| *is_done);
        let error = until.send().await.unwrap_err();
        assert_eq!(error.phase(), Phase::Answered, "{then:?}: {error:?}");
        let requests = if let Then::LoggedOut = then { 1 } else { 2 };
        assert_eq!(*sent.lock().unwrap(), requests, "{then:?}");
    }
}
