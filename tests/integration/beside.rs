//! One struct with the derives of serde, bon and clap beside ours: each reads its own attributes, and ours reads serde's too.

use api_request::ApiRequest;
use clap::Parser;
use serde_json::json;

use crate::wire::target;

#[derive(
    Debug,
    Clone,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    bon::Builder,
    clap::Args,
    ApiRequest,
)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[builder(on(String, into))]
#[command(next_help_heading = "Keys")]
#[api(method = GET, path = "/keys/{id}")]
struct ListKeys {
    #[arg(long)]
    id: String,
    #[serde(rename = "max", skip_serializing_if = "Option::is_none")]
    #[arg(long)]
    #[api(query)]
    page_size: Option<u32>,
    #[serde(default)]
    #[builder(default)]
    #[arg(long = "tag")]
    #[api(query = "tag")]
    tags: Vec<String>,
}

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    list: ListKeys,
}

#[test]
fn each_derive_reads_the_attributes_that_concern_it() {
    let tags = vec!["x".to_owned(), "y z".to_owned()];
    let built = ListKeys::builder()
        .id("a/b")
        .page_size(9)
        .tags(tags)
        .build();
    let line = "keys --id a/b --page-size 9 --tag x --tag";
    let parsed = Cli::try_parse_from(line.split(' ').chain(["y z"])).unwrap();
    assert_eq!(parsed.list, built);
    let json = json!({ "id": "a/b", "max": 9, "tags": ["x", "y z"] });
    assert_eq!(serde_json::to_value(&built).unwrap(), json);
    assert_eq!(serde_json::from_value::<ListKeys>(json).unwrap(), built);
    assert_eq!(target(&built).unwrap(), "/keys/a%2Fb?max=9&tag=x&tag=y%20z");
}
