use api_request::ApiGroup;

#[derive(ApiGroup)]
#[api(header("Content-Type" = "text/csv"))]
struct Constant;

#[derive(ApiGroup)]
#[api(fields = header)]
struct Field {
    content_type: String,
}

fn main() {}
