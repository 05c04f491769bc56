use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", fields = query, response = Vec<u8>)]
#[api(paginate(offset = offset, limit = limit, item = u8))]
struct Request {
    offset: u32,
    limit: u32,
}

fn main() {}
