use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    #[api(name = "active")]
    #[serde(rename = "on")]
    Active,
    #[api(other)]
    Other(String),
}

fn main() {}
