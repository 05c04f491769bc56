use api_request::{ApiError, ApiRequest, ApiResponse, BoxError, FromHttp, ResponseFormat};
use bytes::Bytes;

/// Is decoded alone, as is all that holds it.
#[derive(Debug, serde::Deserialize)]
struct Key {
    hash: String,
}

#[derive(ApiResponse)]
enum Found {
    #[api(status = 200)]
    Key(Key),
    #[api(status = 404)]
    Nothing,
}

#[derive(Debug, ApiError)]
enum Failure {
    #[api(other)]
    Other(Key),
}

struct Csv;

impl ResponseFormat for Csv {
    type Output = Vec<String>;

    fn decode(_: http::Response<Bytes>) -> Result<Vec<String>, BoxError> {
        Ok(Vec::new())
    }
}

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/key", response = Key)]
struct GetKey;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/found", response = Found)]
struct FindKey;

#[derive(ApiRequest, FromHttp)]
#[api(method = DELETE, path = "/key", error = Failure)]
struct DeleteKey;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/names", response(with = Csv))]
struct ListNames;

fn main() {
    let _ = GetKey::respond(Ok(Key { hash: String::new() }));
    let _ = FindKey::respond(Ok(Found::Nothing));
    let _ = DeleteKey::respond(Ok(()));
    let _ = ListNames::respond(Ok(Vec::new()));
}
