use api_request::OpenEnum;

#[derive(OpenEnum)]
#[api]
enum Status {
    #[api(other)]
    Other(String),
}

fn main() {}
