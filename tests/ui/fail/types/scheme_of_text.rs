use api_request::Client;

fn main() {
    let client = Client::builder("https://api.example.com").scheme("management", "mk-71aa");
    drop(client);
}
