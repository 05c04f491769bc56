use api_request::ApiRequest;

struct NoSerialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request<T> {
    #[api(query)]
    a: T,
}

fn send(request: impl ApiRequest) {
    let _ = request;
}

fn test() {
    send(Request { a: NoSerialize });
}

fn main() {}
