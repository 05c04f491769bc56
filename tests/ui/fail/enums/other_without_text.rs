use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    #[api(other)]
    Other,
}

#[derive(OpenEnum)]
enum Level {
    #[api(other)]
    Other { text: String, code: u8 },
}

fn main() {}
