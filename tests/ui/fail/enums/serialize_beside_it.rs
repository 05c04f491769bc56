use api_request::OpenEnum;

#[derive(serde::Serialize, OpenEnum)]
enum Status {
    #[api(other)]
    Other(String),
}

fn main() {}
