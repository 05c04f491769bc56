//! labels.

use std::collections::BTreeMap;

use api_request::ApiRequest;

/// `PUT /labels`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = PUT, path = "/labels", name = "setLabels")]
pub struct SetLabels {
    #[api(body)]
    pub body: BTreeMap<String, String>,
}
