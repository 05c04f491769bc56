use api_request::ApiGroup;

#[derive(ApiGroup)]
#[api(fields = query)]
struct Paging {
    limit: Option<u32>,
}

#[derive(ApiGroup)]
struct Account {
    #[api(flatten)]
    paging: Paging,
}

fn main() {}
