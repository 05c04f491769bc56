use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", paginate(link), fields = part)]
struct Request {
    #[api(part)]
    file: u8,
    #[api(filename = "a.txt")]
    other: u8,
}

fn main() {}
