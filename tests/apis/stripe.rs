//! Stripe: nested forms, an idempotency key, a listing that goes on after its last item.
//!
//! <https://docs.stripe.com/api/checkout/sessions>, <https://docs.stripe.com/api/subscriptions>,
//! <https://docs.stripe.com/api/pagination>, <https://docs.stripe.com/api/idempotent_requests>

use std::collections::BTreeMap;

use api_request::{ApiGroup, ApiRequest, testing::ScriptedResponse};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};

use crate::{ANY, FORM_BODY, JSON, client, decoded, message, message_in, sent};

const API: &str = "https://api.stripe.com/v1";
const PRICE: &str = "price_1MowQULkdIwHu7ixraBm864M";

type Metadata = BTreeMap<&'static str, &'static str>;

/// What all operations share: how errors look, the version of the API, and the account that is acted for.
#[derive(Clone, ApiGroup)]
#[api(error = Failure)]
struct Stripe {
    #[api(header = "Stripe-Version")]
    version: Option<&'static str>,
    #[api(header = "Stripe-Account")]
    account: Option<&'static str>,
}

#[derive(Debug, Deserialize)]
struct Object {
    id: String,
}

#[derive(Debug, Deserialize)]
struct List {
    data: Vec<Object>,
    has_more: bool,
}

#[derive(Debug, Deserialize)]
struct Failure {
    error: Reason,
}

#[derive(Debug, Deserialize)]
struct Reason {
    param: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Payment,
}

#[derive(Serialize)]
struct LineItem {
    price: Option<&'static str>,
    price_data: Option<PriceData>,
    quantity: u32,
}

#[derive(Serialize)]
struct PriceData {
    currency: &'static str,
    product_data: ProductData,
    unit_amount: u32,
}

#[derive(Serialize)]
struct ProductData {
    name: &'static str,
    images: Vec<&'static str>,
}

#[derive(ApiRequest)]
#[api(in = Stripe, method = POST, path = "/checkout/sessions", response = Object)]
#[api(fields = form, idempotency_key = "Idempotency-Key")]
struct CreateSession {
    success_url: &'static str,
    #[api(style = brackets)]
    line_items: Vec<LineItem>,
    mode: Mode,
}

#[derive(Serialize)]
struct Item {
    price: &'static str,
}

#[derive(ApiRequest)]
#[api(in = Stripe, method = POST, path = "/subscriptions", response = Object)]
#[api(fields = form, idempotency_key = "Idempotency-Key")]
struct CreateSubscription {
    customer: &'static str,
    #[api(style = brackets)]
    items: Vec<Item>,
    #[api(style = brackets)]
    expand: Vec<&'static str>,
}

/// Pairs to add, or an empty text that removes all of them.
#[derive(Serialize)]
#[serde(untagged)]
enum Changed {
    Add(Metadata),
    Clear(&'static str),
}

#[derive(ApiRequest)]
#[api(in = Stripe, method = POST, path = "/subscriptions/{id}", fields = form, response = Object)]
struct UpdateSubscription {
    id: &'static str,
    #[api(style = brackets)]
    metadata: Option<Changed>,
    cancel_at_period_end: Option<bool>,
}

#[derive(ApiRequest)]
#[api(in = Stripe, method = DELETE, path = "/subscriptions/{id}", response = Object)]
struct CancelSubscription {
    id: &'static str,
}

#[derive(Clone, Default, Serialize)]
struct Range {
    gte: Option<u64>,
    lt: Option<u64>,
}

#[derive(Clone, Default, ApiRequest)]
#[api(in = Stripe, method = GET, path = "/subscriptions", fields = query, response = List)]
#[api(paginate(cursor = starting_after, next = data.last.id, more = has_more, items = data, item = Object))]
struct ListSubscriptions {
    limit: Option<u8>,
    starting_after: Option<String>,
    #[api(style = brackets)]
    created: Range,
    #[api(style = brackets)]
    expand: Vec<&'static str>,
}

#[test]
fn a_checkout_session() {
    let request = CreateSession {
        success_url: "https://example.com/success",
        line_items: vec![LineItem {
            price: Some(PRICE),
            price_data: None,
            quantity: 2,
        }],
        mode: Mode::Payment,
    };
    let lines = message(API, &request);
    assert_eq!(
        lines,
        [
            "POST https://api.stripe.com/v1/checkout/sessions",
            JSON,
            FORM_BODY,
            "",
            "success_url=https%3A%2F%2Fexample.com%2Fsuccess\
             &line_items%5B0%5D%5Bprice%5D=price_1MowQULkdIwHu7ixraBm864M\
             &line_items%5B0%5D%5Bquantity%5D=2&mode=payment",
        ]
    );
    // `curl -d` sends the brackets of names as they are.
    assert_eq!(
        decoded(&lines[4]),
        "success_url=https://example.com/success\
         &line_items[0][price]=price_1MowQULkdIwHu7ixraBm864M&line_items[0][quantity]=2&mode=payment"
    );
}

#[test]
fn items_that_are_structs_nest() {
    let product_data = ProductData {
        name: "T-shirt",
        images: vec!["https://example.com/t.png"],
    };
    let price_data = PriceData {
        currency: "usd",
        product_data,
        unit_amount: 2000,
    };
    let request = CreateSession {
        success_url: "https://example.com/success",
        line_items: vec![
            LineItem {
                price: None,
                price_data: Some(price_data),
                quantity: 1,
            },
            LineItem {
                price: Some(PRICE),
                price_data: None,
                quantity: 1,
            },
        ],
        mode: Mode::Payment,
    };
    // A list in a nested struct has no index, as with `-d "…[images][]=…"`.
    assert_eq!(
        decoded(&message(API, &request)[4]),
        "success_url=https://example.com/success\
         &line_items[0][price_data][currency]=usd\
         &line_items[0][price_data][product_data][name]=T-shirt\
         &line_items[0][price_data][product_data][images][]=https://example.com/t.png\
         &line_items[0][price_data][unit_amount]=2000&line_items[0][quantity]=1\
         &line_items[1][price]=price_1MowQULkdIwHu7ixraBm864M&line_items[1][quantity]=1\
         &mode=payment"
    );
}

#[test]
fn subscriptions() {
    let create = |expand| CreateSubscription {
        customer: "cus_Na6dX7aXxi11N4",
        items: vec![Item { price: PRICE }],
        expand,
    };
    assert_eq!(
        message(API, &create(vec![])),
        [
            "POST https://api.stripe.com/v1/subscriptions",
            JSON,
            FORM_BODY,
            "",
            "customer=cus_Na6dX7aXxi11N4&items%5B0%5D%5Bprice%5D=price_1MowQULkdIwHu7ixraBm864M",
        ]
    );
    assert_eq!(
        decoded(&message(API, &create(vec!["customer", "latest_invoice"]))[4]),
        "customer=cus_Na6dX7aXxi11N4&items[0][price]=price_1MowQULkdIwHu7ixraBm864M\
         &expand[]=customer&expand[]=latest_invoice"
    );

    let id = "sub_1MowQVLkdIwHu7ixeRlqHVzs";
    let update = |metadata| UpdateSubscription {
        id,
        metadata: Some(metadata),
        cancel_at_period_end: None,
    };
    let url = "POST https://api.stripe.com/v1/subscriptions/sub_1MowQVLkdIwHu7ixeRlqHVzs";
    let add = update(Changed::Add([("order_id", "6735")].into()));
    assert_eq!(
        message(API, &add),
        [url, JSON, FORM_BODY, "", "metadata%5Border_id%5D=6735"]
    );
    let clear = update(Changed::Clear(""));
    assert_eq!(
        message(API, &clear),
        [url, JSON, FORM_BODY, "", "metadata="]
    );
    let end = UpdateSubscription {
        id,
        metadata: None,
        cancel_at_period_end: Some(true),
    };
    assert_eq!(
        message(API, &end),
        [url, JSON, FORM_BODY, "", "cancel_at_period_end=true"]
    );

    let group = Stripe {
        version: Some("2025-11-17.preview"),
        account: Some("acct_1032D82eZvKYlo2C"),
    };
    assert_eq!(
        message_in(API, &CancelSubscription { id }, &group),
        [
            "DELETE https://api.stripe.com/v1/subscriptions/sub_1MowQVLkdIwHu7ixeRlqHVzs",
            JSON,
            "stripe-account: acct_1032D82eZvKYlo2C",
            "stripe-version: 2025-11-17.preview",
        ]
    );
    assert_eq!(
        message(API, &CancelSubscription { id }),
        [
            "DELETE https://api.stripe.com/v1/subscriptions/sub_1MowQVLkdIwHu7ixeRlqHVzs",
            JSON
        ]
    );
}

#[test]
fn a_listing_has_filters() {
    let request = ListSubscriptions {
        limit: Some(3),
        created: Range {
            gte: Some(1_679_600_215),
            lt: None,
        },
        expand: vec!["data.customer"],
        ..ListSubscriptions::default()
    };
    assert_eq!(
        decoded(&message(API, &request)[0]),
        "GET https://api.stripe.com/v1/subscriptions?limit=3&created[gte]=1679600215&expand[]=data.customer"
    );
}

#[tokio::test]
async fn a_listing_goes_on_after_its_last_item() {
    let page = |ids: &[&str], has_more| {
        let data: Vec<_> = ids.iter().map(|id| serde_json::json!({"id": id})).collect();
        ScriptedResponse::new(200)
            .json(&serde_json::json!({"object": "list", "data": data, "has_more": has_more}))
    };
    let (client, script) = client(
        API,
        [page(&["sub_1", "obj_foo"], true), page(&["sub_3"], false)],
    );
    let request = ListSubscriptions {
        limit: Some(2),
        ..ListSubscriptions::default()
    };
    let items: Vec<_> = client.call(&request).items().try_collect().await.unwrap();
    let ids: Vec<_> = items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["sub_1", "obj_foo", "sub_3"]);
    let urls: Vec<_> = script
        .requests()
        .iter()
        .map(|page| page.uri().to_string())
        .collect();
    assert_eq!(
        urls,
        [
            "https://api.stripe.com/v1/subscriptions?limit=2",
            "https://api.stripe.com/v1/subscriptions?limit=2&starting_after=obj_foo",
        ]
    );
}

#[tokio::test]
async fn a_key_makes_a_request_idempotent() {
    #[derive(ApiRequest)]
    #[api(in = Stripe, method = POST, path = "/customers", fields = form, idempotency_key = "Idempotency-Key")]
    struct CreateCustomer {
        description: &'static str,
    }
    let create = CreateCustomer {
        description: "My First Test Customer",
    };
    let (client, script) = client(
        API,
        [ScriptedResponse::new(200), ScriptedResponse::new(200)],
    );
    let call = client
        .call(&create)
        .header("Idempotency-Key", "KG5LxwFBepaKHyUD");
    call.send().await.unwrap();
    assert_eq!(
        sent(&script.requests()[0]),
        [
            "POST https://api.stripe.com/v1/customers",
            ANY,
            FORM_BODY,
            "idempotency-key: KG5LxwFBepaKHyUD",
            "",
            "description=My+First+Test+Customer",
        ]
    );
    client.send(&create).await.unwrap();
    assert!(
        script.requests()[1]
            .headers()
            .contains_key("idempotency-key")
    );
}

#[test]
fn an_error_names_its_parameter() {
    let body = r#"{"error": {"type": "invalid_request_error", "message": "No such price", "param": "items[0][price]"}}"#;
    let response = http::Response::builder()
        .status(400)
        .body(body.into())
        .unwrap();
    let error = CreateSession::decode(response).unwrap_err();
    assert_eq!(error.api().unwrap().error.param, "items[0][price]");
    assert_eq!(
        error.to_string(),
        "`CreateSession`: 400 Bad Request: No such price"
    );
}
