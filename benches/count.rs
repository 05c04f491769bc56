//! Repeats one workload, for `instructions.sh`: `count WORK TIMES`.

mod events;
mod items;
mod requests;

use std::hint::black_box;

use api_request::ApiRequest;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let work = arguments.next().unwrap_or_default();
    let times = arguments.next().and_then(|times| times.parse().ok());
    let times: u32 = times.expect("usage: count WORK TIMES");
    if events::work(&work, times as usize) || items::work(&work, times as usize) {
        return;
    }

    let (base, bearer) = (requests::base(), requests::bearer());
    let (origin, client) = (requests::origin(), requests::client());
    let by_hand = reqwest::Client::new();
    let chat = requests::chat();
    let operation = requests::W1::OPERATION;
    let run: &dyn Fn() = match &*work {
        "nothing" => &|| {},
        "http-w1" => &|| drop(black_box(requests::declared_w1(&base, &bearer))),
        "http-w1-floor" => &|| drop(black_box(requests::floor_w1(&base, &bearer))),
        "http-w2" => &|| drop(black_box(requests::declared_w2(&base))),
        "http-w2-floor" => &|| drop(black_box(requests::floor_w2(&base))),
        "http-w3" => &|| drop(black_box(requests::declared_w3(&base, &bearer, &chat))),
        "http-w3-floor" => &|| drop(black_box(requests::floor_w3(&base, &bearer, &chat))),
        "http-extension" => &|| {
            let mut extensions = http::Extensions::new();
            extensions.insert(operation);
            drop(black_box(extensions));
        },
        "reqwest-w3-floor" => &|| {
            drop(black_box(requests::reqwest_floor_w3(
                &origin, &bearer, &chat,
            )));
        },
        "client-w3" => &|| drop(black_box(client.call(&requests::W3::of(&chat)).build())),
        "reqwest-w3-by-hand" => &|| drop(black_box(requests::reqwest_w3(&by_hand, &chat))),
        "reqwest-w1-floor" => &|| drop(black_box(requests::reqwest_floor_w1(&origin, &bearer))),
        "reqwest-w2-floor" => &|| drop(black_box(requests::reqwest_floor_w2(&origin, &bearer))),
        "client-w1" => &|| drop(black_box(client.call(&requests::W1).build())),
        "reqwest-w1-by-hand" => &|| drop(black_box(requests::reqwest_w1(&by_hand))),
        "client-w2" => &|| drop(black_box(client.call(&requests::W2).build())),
        "reqwest-w2-by-hand" => &|| drop(black_box(requests::reqwest_w2(&by_hand))),
        _ => panic!("unknown work `{work}`"),
    };
    for _ in 0..times {
        run();
    }
}
