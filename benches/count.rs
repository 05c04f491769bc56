//! Does one piece of work a number of times, for `instructions.sh`: `count WORK TIMES`.

mod events;
mod requests;

use std::hint::black_box;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let work = arguments.next().unwrap_or_default();
    let times = arguments.next().and_then(|times| times.parse().ok());
    let times: u32 = times.expect("usage: count WORK TIMES");
    if events::work(&work, times as usize) {
        return;
    }

    let (base, bearer) = (requests::base(), requests::bearer());
    let (origin, client) = (requests::origin(), requests::client());
    let http = reqwest::Client::new();
    let run: &dyn Fn() = match &*work {
        "nothing" => &|| {},
        "http-w1" => &|| drop(black_box(requests::declared_w1(&base, &bearer))),
        "http-w1-floor" => &|| drop(black_box(requests::floor_w1(&base, &bearer))),
        "http-w2" => &|| drop(black_box(requests::declared_w2(&base))),
        "http-w2-floor" => &|| drop(black_box(requests::floor_w2(&base))),
        "reqwest-w1-floor" => &|| drop(black_box(requests::reqwest_floor_w1(&origin, &bearer))),
        "reqwest-w2-floor" => &|| drop(black_box(requests::reqwest_floor_w2(&origin, &bearer))),
        "client-w1" => &|| drop(black_box(client.call(&requests::W1).build())),
        "reqwest-w1-by-hand" => &|| drop(black_box(requests::reqwest_w1(&http))),
        "client-w2" => &|| drop(black_box(client.call(&requests::W2).build())),
        "reqwest-w2-by-hand" => &|| drop(black_box(requests::reqwest_w2(&http))),
        _ => panic!("unknown work `{work}`"),
    };
    for _ in 0..times {
        run();
    }
}
