//! `rename_all` is for names that are not explicit, and not for headers and placeholders.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{user_id}", rename_all = "camelCase", name = "getUser")]
struct GetUser {
    user_id: u8,
    #[api(query)]
    page_size: u8,
    #[api(query = "page_no")]
    page_number: u8,
    #[api(header)]
    x_trace_id: String,
    #[api(cookie)]
    session_key: String,
}

fn main() {
    let params = GetUser::OPERATION.params();
    let names: Vec<_> = params.map(|param| param.name()).collect();
    assert_eq!(names, ["user_id", "pageSize", "page_no", "x-trace-id", "sessionKey"]);
    assert_eq!(GetUser::OPERATION.name(), "getUser");
}
