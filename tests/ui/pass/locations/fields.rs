//! `fields = …` is where fields without a place go; they may carry options alone.
use api_request::{ApiRequest, Location};

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}", fields = query)]
struct Search {
    id: u8,
    #[api(name = "q", secret)]
    text: String,
    #[api(style = pipe)]
    tags: Vec<String>,
    #[api(header)]
    trace: String,
}

fn main() {
    let params = Search::OPERATION.params().collect::<Vec<_>>();
    let of = |param: &api_request::Param| (param.name(), param.location(), param.secret());
    assert_eq!(of(params[0]), ("id", Location::Path, false));
    assert_eq!(of(params[1]), ("q", Location::Query, true));
    assert_eq!(of(params[3]), ("trace", Location::Header, false));
}
