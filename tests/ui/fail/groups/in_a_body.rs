use api_request::ApiGroup;

#[derive(ApiGroup)]
struct Group {
    #[api(json)]
    model: String,
    #[api(body)]
    body: String,
}

#[derive(ApiGroup)]
#[api(fields = form)]
struct Form {
    model: String,
}

fn main() {}
