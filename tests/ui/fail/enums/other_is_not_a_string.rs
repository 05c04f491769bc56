use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    Active,
    #[api(other)]
    Other(Vec<u8>),
}

fn main() {}
