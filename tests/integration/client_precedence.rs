//! Which value of a header or cookie is sent: the call's, else the declared one, else that of the group, else the client's.

use api_request::{ApiGroup, ApiRequest, Client};

#[derive(ApiGroup)]
struct Shared {
    #[api(header)]
    x_a: Option<&'static str>,
    #[api(header)]
    authorization: Option<&'static str>,
    #[api(cookie)]
    a: Option<&'static str>,
    #[api(cookie)]
    of_group: &'static str,
}

#[derive(ApiRequest)]
#[api(in = Shared, method = GET, path = "/n")]
struct Get {
    #[api(header)]
    x_a: Option<&'static str>,
    #[api(header)]
    authorization: Option<&'static str>,
    #[api(cookie)]
    a: Option<&'static str>,
    #[api(cookie)]
    declared: &'static str,
}

/// The places of a value, the strongest first.
const LEVELS: [&str; 4] = ["call", "declared", "group", "client"];

/// The header, the credentials and the cookies that are sent, where these places have a value.
fn sent(has: [bool; 4]) -> [String; 3] {
    let [call, declared, group, client] = has;
    let value = |has: bool, level| has.then_some(level);
    let shared = Shared {
        x_a: value(group, "group"),
        authorization: value(group, "group"),
        a: value(group, "group"),
        of_group: "1",
    };
    let request = Get {
        x_a: value(declared, "declared"),
        authorization: value(declared, "declared"),
        a: value(declared, "declared"),
        declared: "1",
    };
    let mut builder = Client::builder("https://api.example.com").group(shared);
    builder = if client {
        let builder = builder
            .header("X-A", "client")
            .header("Cookie", "a=client; of_client=1");
        builder.header("Authorization", "client")
    } else {
        builder.header("Cookie", "of_client=1")
    };
    let client = builder.build().unwrap();
    let mut built = client.call(&request);
    built = if call {
        let built = built
            .header("X-A", "call")
            .header("Cookie", "a=call; of_call=1");
        built.header("Authorization", "call")
    } else {
        built.header("Cookie", "of_call=1")
    };
    let built = built.build().unwrap();
    ["x-a", "authorization", "cookie"].map(|name| {
        let values: Vec<_> = built.headers().get_all(name).iter().collect();
        assert!(values.len() <= 1, "{name}: {values:?}");
        let value = values.first().map(|value| value.to_str().unwrap());
        value.unwrap_or_default().to_owned()
    })
}

#[test]
fn the_nearest_value_of_a_name_is_sent_and_the_others_are_not() {
    for combination in 0..16 {
        let has = [0, 1, 2, 3].map(|level| combination >> level & 1 == 1);
        let levels = LEVELS.iter().zip(has);
        let expected = levels
            .filter(|(_, has)| *has)
            .map(|(level, _)| *level)
            .next();
        let expected = expected.unwrap_or_default();
        let [header, authorization, cookies] = sent(has);
        assert_eq!(header, expected, "{has:?}");
        assert_eq!(authorization, expected, "{has:?}");
        let mut cookies: Vec<_> = cookies.split("; ").collect();
        cookies.sort_unstable();
        let a = format!("a={expected}");
        let mut all = vec!["declared=1", "of_call=1", "of_client=1", "of_group=1"];
        if !expected.is_empty() {
            all.insert(0, &a);
        }
        assert_eq!(cookies, all, "{has:?}");
    }
}
