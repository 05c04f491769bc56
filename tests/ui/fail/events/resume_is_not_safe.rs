use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", events(item = u8, resume))]
struct Post;

#[derive(ApiRequest)]
#[api(method = "PURGE", path = "/", events(item = u8, resume = yes), idempotent = false)]
struct Other;

#[derive(ApiRequest)]
#[api(method = "PURGE", path = "/", events(item = u8, resume = true, resume))]
struct Twice;

fn main() {}
