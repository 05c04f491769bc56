use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    Other(#[api(other)] String),
}

fn main() {}
