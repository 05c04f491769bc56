use api_request::OpenEnum;

#[derive(OpenEnum)]
#[api(other)]
enum Status {
    Active,
    #[api(other)]
    Other(String),
}

fn main() {}
