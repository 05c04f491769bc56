use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", paginate(link))]
struct Request;

fn main() {}
