use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{path}")]
struct Request {
    #[api(path(allowReserved))]
    path: &'static str,
    #[api(in = "query")]
    limit: u8,
    #[api(query, required)]
    offset: u8,
    #[api(query(delimiter = ","))]
    ids: [u8; 2],
    #[api(query(skip_serializing_if = "Option::is_none"))]
    after: Option<u8>,
}

fn main() {}
