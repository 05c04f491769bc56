use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    #[api(other)]
    Other(String),
    #[api(other)]
    Unknown(String),
}

fn main() {}
