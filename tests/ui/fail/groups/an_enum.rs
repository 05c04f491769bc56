use api_request::ApiGroup;

#[derive(ApiGroup)]
enum Group {
    A,
}

fn main() {}
