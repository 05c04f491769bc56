use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    #[api(rename_all = "lowercase")]
    Active,
    #[api(other)]
    Other(String),
}

fn main() {}
