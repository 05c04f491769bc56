use api_request::OpenEnum;

#[derive(OpenEnum)]
#[api(rename_all = "lowercase")]
enum Status {
    OnHold,
    Onhold,
    #[api(name = "onhold")]
    Paused,
    #[api(other)]
    Other(String),
}

fn main() {}
