use api_request::ApiRequest;

struct Url;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Typed {
    #[api(url)]
    at: Url,
}

#[derive(ApiRequest)]
#[api(method = GET)]
struct List(#[api(url)] [String; 2]);

#[derive(ApiRequest)]
#[api(method = GET)]
struct Unit(#[api(url)] ());

fn main() {}
