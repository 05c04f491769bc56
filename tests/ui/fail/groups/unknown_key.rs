use api_request::ApiGroup;

#[derive(ApiGroup)]
#[api(field = query)]
struct Group {
    limit: u32,
}

fn main() {}
