use api_request::OpenEnum;

#[derive(OpenEnum)]
#[api(renam_all = "lowercase")]
enum Status {
    #[api(other)]
    Other(String),
}

fn main() {}
