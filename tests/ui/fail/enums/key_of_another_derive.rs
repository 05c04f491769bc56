use api_request::OpenEnum;

#[derive(OpenEnum)]
#[api(envelope = "error")]
enum Status {
    #[api(query)]
    Active,
    #[api(status = 404)]
    Gone,
    #[api(other)]
    Other(String),
}

fn main() {}
