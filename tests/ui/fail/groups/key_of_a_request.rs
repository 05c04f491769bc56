use api_request::ApiGroup;

#[derive(ApiGroup)]
#[api(method = GET, in = Other, response = u8, fields = query)]
struct Group {
    limit: u32,
}

fn main() {}
