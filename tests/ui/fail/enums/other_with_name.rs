use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    #[api(other, name = "other")]
    Other(String),
}

fn main() {}
