//! What can be done with an operation whose type is not known.

use std::cell::RefCell;

use futures_core::Stream;
use http::Request;
use serde_json::Value;

use super::{
    AnyOperation,
    calls::Calls,
    input::{Input, refused},
    streams,
};
use crate::{
    AnyResponse, BaseUrl, Body, Client, Error,
    operation::{Operation, Param, ParamKind},
    response::{BodyNames, NamesKind},
};

#[cfg_attr(docsrs, doc(cfg(all(feature = "client", feature = "server"))))]
impl AnyOperation {
    /// Returns whether it can be called by its name: whether a request of it is read from an [`Input`], because it derives
    /// [`FromHttp`](macro@crate::FromHttp).
    ///
    /// ```
    /// use api_request::{ApiRequest, FromHttp};
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/keys")]
    /// struct ListKeys;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/names")]
    /// struct ListNames;
    ///
    /// api_request::operations! { static OPERATIONS: [ListKeys, ListNames] }
    ///
    /// # fn main() {
    /// assert!(OPERATIONS[0].is_read());
    /// assert!(!OPERATIONS[1].is_read());
    /// # }
    /// ```
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.calls().requests.is_some()
    }

    /// Returns whether its response is received as bytes: of `response(stream)`, `response(bytes)` and
    /// `response(with = F)`.
    #[must_use]
    pub fn is_raw(&self) -> bool {
        self.calls().requests.is_some_and(|calls| calls.is_raw)
    }

    /// Returns whether it can be called for [`events`](Self::events).
    #[must_use]
    pub fn has_events(&self) -> bool {
        self.calls().events.is_some()
    }

    /// Returns whether the [`items`](Self::items) of its pages can be listed.
    #[must_use]
    pub fn has_items(&self) -> bool {
        self.calls().items.is_some()
    }

    /// Builds the request that [`send`](Self::send) would send, as [`Call::build`](crate::Call::build) does.
    ///
    /// ```
    /// use api_request::{ApiRequest, Client, FromHttp, Input};
    /// use serde_json::json;
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/keys", fields = query)]
    /// struct ListKeys {
    ///     limit: Option<u32>,
    /// }
    ///
    /// api_request::operations! { static OPERATIONS: [ListKeys] }
    ///
    /// # fn main() -> Result<(), api_request::Error> {
    /// let client = Client::new("https://api.example.com/v1")?;
    /// let build = |query| OPERATIONS[0].build(&client, &Input::new(json!({"query": query})));
    /// assert_eq!(build(json!({"limit": 9}))?.uri().query(), Some("limit=9"));
    ///
    /// let error = build(json!({"limt": 9})).unwrap_err();
    /// let message = "`ListKeys` cannot be sent: the query parameter `limt` is not declared: the nearest is `limit`";
    /// assert_eq!(error.to_string(), message);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the input is not a request of the operation, if the request does not derive
    /// [`FromHttp`](macro@crate::FromHttp), and as [`Call::build`](crate::Call::build).
    pub fn build(&self, client: &Client, input: &Input) -> Result<Request<Body>, Error> {
        match self.calls().requests {
            Some(calls) => (calls.build)(client, input),
            None => Err(self.not_read()),
        }
    }

    /// Builds the request as [`ApiRequest::to_http`](crate::ApiRequest::to_http) does, without a client: no credentials are
    /// added, and values of the group that the input does not have are missing.
    ///
    /// The input is read as [`Input::read`] reads it, but a member of a body that is not declared is ignored, at any depth.
    ///
    /// ```
    /// use api_request::{ApiRequest, BaseUrl, FromHttp, Input};
    /// use serde_json::json;
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = POST, path = "/keys", fields = json)]
    /// struct CreateKey {
    ///     name: String,
    /// }
    ///
    /// api_request::operations! { static OPERATIONS: [CreateKey] }
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let base: BaseUrl = "https://api.example.com/v1".parse()?;
    /// let http = OPERATIONS[0].to_http(&base, &Input::new(json!({"body": {"name": "ci", "more": 1}})))?;
    /// assert_eq!(http.uri(), "https://api.example.com/v1/keys");
    /// assert_eq!(http.body().as_bytes().unwrap(), r#"{"name":"ci"}"#);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the input is not a request of the operation, if the request does not derive
    /// [`FromHttp`](macro@crate::FromHttp), and as [`ApiRequest::to_http`](crate::ApiRequest::to_http).
    pub fn to_http(&self, base: &BaseUrl, input: &Input) -> Result<Request<Body>, Error> {
        match self.calls().requests {
            Some(calls) => (calls.to_http)(base, input),
            None => Err(self.not_read()),
        }
    }

    /// Returns the names that the types of a JSON body read, for each object and each enum that the body of an input has:
    /// all that may be sent there, declared in this program or in a type of a library.
    ///
    /// They are what serde's derive tells a deserializer, in the order of their pointers. It tells nothing of some values,
    /// which are left out: a struct with a `#[serde(flatten)]` field; an enum that is untagged or tagged within, and all that
    /// is below; a map, but not its values; what a function of `#[serde(with = …)]` reads. The names of the members that
    /// make a body are those that are declared, and left out if one is flattened.
    ///
    /// ```
    /// use api_request::{ApiRequest, FromHttp, Input, NamesKind};
    /// use serde::{Deserialize, Serialize};
    /// use serde_json::json;
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = POST, path = "/keys", fields = json)]
    /// struct CreateKey {
    ///     name: String,
    ///     limits: Vec<Limit>,
    /// }
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Limit {
    ///     amount: u32,
    ///     period: Option<Period>,
    /// }
    ///
    /// #[derive(Serialize, Deserialize)]
    /// #[serde(rename_all = "lowercase")]
    /// enum Period {
    ///     Day,
    ///     Week,
    /// }
    ///
    /// api_request::operations! { static OPERATIONS: [CreateKey] }
    ///
    /// # fn main() -> Result<(), api_request::Error> {
    /// let input = Input::new(json!({"body": {"name": "ci", "limits": [{"amount": 1, "period": "day"}]}}));
    /// let all = OPERATIONS[0].body_names(&input)?;
    /// let all: Vec<_> = all.iter().map(|it| (&*it.pointer, it.names.join(" "), it.kind)).collect();
    /// assert_eq!(
    ///     all,
    ///     [
    ///         ("", "name limits".to_owned(), NamesKind::Fields),
    ///         ("/limits/0", "amount period".to_owned(), NamesKind::Fields),
    ///         ("/limits/0/period", "day week".to_owned(), NamesKind::Variants),
    ///     ]
    /// );
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if [`to_http`](Self::to_http) cannot read the input.
    pub fn body_names(&self, input: &Input) -> Result<Vec<BodyNames>, Error> {
        let Some(calls) = self.calls().requests else {
            return Err(self.not_read());
        };
        let found = RefCell::new(Vec::from_iter(names_of_members(self.operation, input)));
        (calls.body_names)(input, &|names| found.borrow_mut().push(names))?;
        let mut found = found.into_inner();
        found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        Ok(found)
    }

    /// Builds the request that [`events`](Self::events) would send.
    ///
    /// # Errors
    ///
    /// Fails as [`build`](Self::build), and if the operation has no events.
    pub fn build_events(&self, client: &Client, input: &Input) -> Result<Request<Body>, Error> {
        match self.calls().events {
            Some(calls) => (calls.build)(client, input),
            None => Err(self.has_no_events()),
        }
    }

    /// Sends the request, and receives the response as JSON or bytes. As for [`Call::send`](crate::Call::send), nothing is
    /// sent before the future is polled.
    ///
    /// ```
    /// use api_request::{
    ///     AnyResponse, ApiRequest, Client, FromHttp, Input,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use serde_json::json;
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/keys/{hash}", response = Key)]
    /// struct GetKey {
    ///     hash: String,
    /// }
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Key {
    ///     name: String,
    /// }
    ///
    /// api_request::operations! { static OPERATIONS: [GetKey] }
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let script = Script::new().then(ScriptedResponse::new(200).body(r#"{"name": "ci", "added_later": 1}"#));
    /// let client = Client::builder("https://api.example.com/v1").transport(script).build()?;
    /// let get_key = OPERATIONS.iter().find(|it| it.operation().name() == "GetKey").unwrap();
    /// let input = Input::new(json!({"path": {"hash": "f01d"}}));
    /// match get_key.send(&client, &input).await? {
    ///     AnyResponse::Json(key) => assert_eq!(key, json!({"name": "ci", "added_later": 1})),
    ///     _ => unreachable!(),
    /// }
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails as [`build`](Self::build) and [`Call::send`](crate::Call::send), but takes any JSON.
    pub fn send(
        &self,
        client: &Client,
        input: &Input,
    ) -> impl Future<Output = Result<AnyResponse, Error>> + Send + use<> {
        if let Some(calls) = self.calls().requests {
            (calls.send)(client, input)
        } else {
            let error = self.not_read();
            Box::pin(async { Err(error) })
        }
    }

    /// Sends the request for events, and yields their data as JSON.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest, Client, FromHttp, Input,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use futures_util::TryStreamExt;
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/ticks", events = u64)]
    /// struct Ticks;
    ///
    /// api_request::operations! { static OPERATIONS: [Ticks] }
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let response = ScriptedResponse::new(200)
    ///     .header("content-type", "text/event-stream")
    ///     .body("data: 17\n\n");
    /// let client = Client::builder("https://api.example.com/v1");
    /// let client = client.transport(Script::new().then(response)).build()?;
    /// let mut ticks = OPERATIONS[0].events(&client, &Input::default());
    /// assert_eq!(ticks.try_next().await?, Some(17.into()));
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The stream yields an error once, as the last thing: that of [`build_events`](Self::build_events), or of
    /// [`Call::events`](crate::Call::events).
    pub fn events(
        &self,
        client: &Client,
        input: &Input,
    ) -> impl Stream<Item = Result<Value, Error>> + Send + Unpin + use<> {
        match self.calls().events {
            Some(calls) => (calls.receive)(client, input),
            None => streams::failed(self.has_no_events()),
        }
    }

    /// Sends the request for one page after the other, and yields their items as JSON: what is declared of them, which is
    /// `Serialize`.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest, Client, FromHttp, Input,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use futures_util::TryStreamExt;
    ///
    /// #[derive(Clone, ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/names", response = Vec<String>, paginate(link))]
    /// struct ListNames;
    ///
    /// api_request::operations! { static OPERATIONS: [ListNames] }
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let api = Script::new().then(ScriptedResponse::new(200).json(&["ada", "grace"]));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let items = OPERATIONS[0].items(&client, &Input::default());
    /// let names: Vec<serde_json::Value> = items.try_collect().await?;
    /// assert_eq!(names, ["ada", "grace"]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The stream yields an error once, as the last thing: that of [`build`](Self::build), that the items cannot be listed,
    /// or that of [`Call::items`](crate::Call::items).
    pub fn items(
        &self,
        client: &Client,
        input: &Input,
    ) -> impl Stream<Item = Result<Value, Error>> + Send + Unpin + use<> {
        match self.calls().items {
            Some(calls) => (calls.receive)(client, input),
            None if self.calls().requests.is_none() => streams::failed(self.not_read()),
            None => streams::failed(refused(
                self.operation,
                "its items cannot be listed, because it declares no pages, or items that are not `Serialize`",
            )),
        }
    }

    fn not_read(&self) -> Error {
        let reason = "it is called by its name only if the request derives `FromHttp`";
        refused(self.operation, reason)
    }

    fn has_no_events(&self) -> Error {
        if self.calls().requests.is_none() {
            return self.not_read();
        }
        refused(self.operation, "it declares no events")
    }

    fn calls(&self) -> Calls {
        (self.calls)()
    }
}

/// The names of the members that make a JSON body, if the input has one.
fn names_of_members(operation: &'static Operation, input: &Input) -> Option<BodyNames> {
    let content = operation.content.filter(|it| it.field().is_none())?;
    let is_json = |member: &Param| matches!(member.kind, ParamKind::Json { .. });
    let is_known = content.members.iter().all(|it| is_json(it) && !it.flatten);
    input.json().get("body").filter(|_| is_known)?;
    let flag = operation.events.and_then(|events| events.flag());
    let names = content.members().map(Param::name).chain(flag);
    Some(BodyNames {
        pointer: String::new(),
        names: names.map(str::to_owned).collect(),
        kind: NamesKind::Fields,
    })
}
