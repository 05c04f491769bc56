use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    #[serde(alias = "on")]
    Active,
    #[serde(untagged)]
    Other(String),
}

fn main() {}
