use api_request::ApiGroup;

#[derive(ApiGroup)]
struct Group {
    limit: u8,
}

fn main() {}
