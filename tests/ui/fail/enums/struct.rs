use api_request::OpenEnum;

#[derive(OpenEnum)]
struct Status(String);

fn main() {}
