use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    #[api(other = "other")]
    Other(String),
    #[api(other("other"))]
    Unknown(String),
}

fn main() {}
