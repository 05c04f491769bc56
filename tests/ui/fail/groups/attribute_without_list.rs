use api_request::ApiGroup;

#[derive(ApiGroup)]
#[api]
struct Group {
    #[api(query)]
    limit: u32,
}

fn main() {}
