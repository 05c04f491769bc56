//! Cookies of a request, a call and a client: one header, in which each name has one value.

use api_request::{ApiRequest, Authorization, Call, Client, ClientBuilder, Secret};

use crate::server::{Server, answer};

#[derive(ApiRequest)]
#[api(method = GET, path = "/n")]
struct Get {
    #[api(cookie)]
    a: Option<&'static str>,
    #[api(cookie)]
    b: Option<Secret<String>>,
}

const NONE: Get = Get { a: None, b: None };

fn cookie(client: ClientBuilder, request: &Get, of_call: Option<&'static str>) -> Option<String> {
    let client = client.build().unwrap();
    let mut call: Call<'_, Get> = client.call(request);
    if let Some(value) = of_call {
        call = call.header("Cookie", value);
    }
    let request = call.build().unwrap();
    let mut values = request.headers().get_all("cookie").iter();
    let value = values.next();
    assert!(values.next().is_none());
    value.map(|value| {
        assert!(value.is_sensitive());
        value.to_str().unwrap().to_owned()
    })
}

#[test]
fn cookies_are_joined_and_the_nearest_of_a_name_counts() {
    let declared = || Get {
        a: Some("declared"),
        b: Some("secret".to_owned().into()),
    };
    let cases = [
        (NONE, None, None, None),
        (NONE, Some("a=client"), None, Some("a=client")),
        (declared(), None, None, Some("a=declared; b=secret")),
        (
            declared(),
            Some("c=client"),
            None,
            Some("a=declared; b=secret; c=client"),
        ),
        (
            declared(),
            Some("a=client; c=1"),
            None,
            Some("a=declared; b=secret; c=1"),
        ),
        (
            declared(),
            Some("a=client"),
            None,
            Some("a=declared; b=secret"),
        ),
        (
            declared(),
            None,
            Some("d=call"),
            Some("a=declared; b=secret; d=call"),
        ),
        (declared(), None, Some("a=call;b=2"), Some("a=call; b=2")),
        (
            declared(),
            Some("a=client; c=client; d=client"),
            Some("a=call; d=call"),
            Some("b=secret; a=call; d=call; c=client"),
        ),
        // A value may hold an equals sign; a name has its case.
        (
            declared(),
            Some("A=1=2; aa=3"),
            None,
            Some("a=declared; b=secret; A=1=2; aa=3"),
        ),
        (NONE, Some("x=1; x=2"), Some("y=3"), Some("y=3; x=1; x=2")),
    ];
    for (request, of_client, of_call, expected) in cases {
        let mut builder = Client::builder("https://api.example.com");
        if let Some(value) = of_client {
            builder = builder.header("cookie", value);
        }
        let cookie = cookie(builder, &request, of_call);
        assert_eq!(cookie.as_deref(), expected, "{of_client:?}, {of_call:?}");
    }
}

#[test]
fn an_api_key_that_is_a_cookie_is_one_of_them() {
    let key = Authorization::api_key_header("Cookie", "session=s-1");
    let builder = Client::builder("https://api.example.com").authorization(key);
    let request = Get {
        a: Some("1"),
        ..NONE
    };
    let cookie = cookie(builder.header("cookie", "c=2"), &request, None);
    assert_eq!(cookie.as_deref(), Some("a=1; session=s-1; c=2"));
}

#[tokio::test]
async fn they_are_one_line_on_the_wire() {
    let server = Server::start([answer("204 No Content", "")]).await;
    let client = server
        .builder()
        .header("cookie", "c=client")
        .build()
        .unwrap();
    let request = Get {
        a: Some("1"),
        ..NONE
    };
    let call = client.call(&request).header("cookie", "d=call");
    call.send().await.unwrap();
    let seen = server.seen().remove(0);
    assert!(
        seen.contains("\r\ncookie: a=1; d=call; c=client\r\n"),
        "{seen}"
    );
}
