use api_request::ApiRequest;

struct Cost(u32);

#[derive(ApiRequest)]
#[api(method = GET, path = "/", meta = Cost(1), meta = "slow", meta = Cost(2))]
struct Request;

fn main() {}
