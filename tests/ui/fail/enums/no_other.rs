use api_request::OpenEnum;

#[derive(OpenEnum)]
enum Status {
    Active,
    Gone,
}

fn main() {}
