use api_request::OpenEnum;

#[derive(OpenEnum)]
#[serde(rename_all(serialize = "lowercase"), untagged)]
enum Status {
    #[api(other)]
    Other(String),
}

fn main() {}
