use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    Active,
    Gone(),
    Other(String),
}

fn main() {}
