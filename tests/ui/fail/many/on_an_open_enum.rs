use api_request::OpenEnum;

#[derive(OpenEnum)]
#[api(rename_al = "lowercase", crate = api_request)]
#[serde(tag = "type")]
enum Status {
    #[api(nam = "active")]
    Active,
    #[api(name = "gone")]
    Gone,
    #[api(name = "gone")]
    Deleted,
    Paused(u8),
    #[api(other, name = "other")]
    Other,
}

fn main() {}
