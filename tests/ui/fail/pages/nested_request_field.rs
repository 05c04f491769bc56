use api_request::ApiRequest;

#[derive(serde::Deserialize)]
struct Keys {
    next: Option<String>,
}

#[derive(Clone, serde::Serialize)]
struct Variables {
    after: Option<String>,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/", fields = json, response = Keys)]
#[api(paginate(cursor = variables.after, next = next))]
struct Request {
    variables: Variables,
}

fn main() {}
