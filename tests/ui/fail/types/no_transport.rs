use api_request::Client;

struct Nothing;

fn main() {
    let _ = Client::builder("https://api.example.com").transport(Nothing);
}
