use api_request::OpenEnum;

#[derive(OpenEnum)]
union Status {
    code: u8,
}

fn main() {}
