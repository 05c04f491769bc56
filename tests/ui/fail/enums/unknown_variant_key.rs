use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    #[api(nam = "active")]
    Active,
    #[api(other)]
    Other(String),
}

fn main() {}
