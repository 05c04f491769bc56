//! Wall-clock times of encoding, measured by criterion. They are approximate; `instructions.sh` is the reference.

mod requests;

use criterion::{Criterion, criterion_group, criterion_main};

fn encode(criterion: &mut Criterion) {
    let (base, bearer) = (requests::base(), requests::bearer());
    let (origin, client) = (requests::origin(), requests::client());
    let http = reqwest::Client::new();
    let chat = requests::chat();
    let mut group = criterion.benchmark_group("encode");
    group.bench_function("http, W1", |b| {
        b.iter(|| requests::declared_w1(&base, &bearer));
    });
    group.bench_function("http, W2", |b| b.iter(|| requests::declared_w2(&base)));
    group.bench_function("http, W1, floor", |b| {
        b.iter(|| requests::floor_w1(&base, &bearer));
    });
    group.bench_function("http, W2, floor", |b| b.iter(|| requests::floor_w2(&base)));
    group.bench_function("reqwest, W1, floor", |b| {
        b.iter(|| requests::reqwest_floor_w1(&origin, &bearer));
    });
    group.bench_function("reqwest, W2, floor", |b| {
        b.iter(|| requests::reqwest_floor_w2(&origin, &bearer));
    });
    group.bench_function("client, W1", |b| {
        b.iter(|| client.call(&requests::W1).build());
    });
    group.bench_function("client, W2", |b| {
        b.iter(|| client.call(&requests::W2).build());
    });
    group.bench_function("reqwest, W1, by hand", |b| {
        b.iter(|| requests::reqwest_w1(&http));
    });
    group.bench_function("reqwest, W2, by hand", |b| {
        b.iter(|| requests::reqwest_w2(&http));
    });
    group.bench_function("http, W3", |b| {
        b.iter(|| requests::declared_w3(&base, &bearer, &chat));
    });
    group.bench_function("http, W3, floor", |b| {
        b.iter(|| requests::floor_w3(&base, &bearer, &chat));
    });
    group.bench_function("reqwest, W3, floor", |b| {
        b.iter(|| requests::reqwest_floor_w3(&origin, &bearer, &chat));
    });
    group.bench_function("reqwest, W3, by hand", |b| {
        b.iter(|| requests::reqwest_w3(&http, &chat));
    });
    group.finish();
}

criterion_group!(benches, encode);
criterion_main!(benches);
