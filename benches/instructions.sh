#!/usr/bin/env bash
# Prints the instructions and allocations per iteration of each workload, and the peak of the heap.
#
# valgrind measures a long and a short run; the difference is divided by the difference of the lengths, so that start-up
# is not counted. A reallocation counts as an allocation.
#
# `http-…`, `client-…` and `reqwest-…` encode a request, and `http-extension` puts an operation into the extensions of one
# (count.rs). `events-…` decodes a stream of events in chunks of 1 KiB or 16 KiB and is measured per event, of 200 bytes or
# 256 KiB; `events-named` have a type (count.rs). `items-…` are events and `lines-…` lines of JSON of 200 bytes, received
# and decoded by a client (count.rs). `call…` makes whole calls: `call-once` without retries, `call-by-hand` with a URL
# built by the `url` crate, `call-by-hand-text` with a URL built as a string, all with the same headers and timeouts;
# `call-1000…` is a call among 1,000 concurrent ones, `call-tls…` a call over TLS (call.rs). `local-…` calls over a
# transport in memory:
# `local-build` only encodes, `local-retry` is sent twice, `local-page…` and `local-items` read pages of 100 items and are
# measured per page (local.rs). `decode-1m…` decodes 1 MiB of JSON, by hand with `serde_json` (linear.rs). `download…` and
# `multipart…` transfer a body and are measured per MiB, as the minimum of five runs, because the figures depend on the
# sizes of the chunks received. `download-by-hand` has the same read timeout, `download-by-hand-bare` none (transfer.rs).
# `request-…` clones a request that a server received, `read-…` reads the clone by `FromHttp`, and `read-…-axum` by axum's
# extractors, of W2 with the path matched before, whose clone is `request-w2-routed` (server.rs).
# The servers of calls and transfers are separate processes.
# Usage: benches/instructions.sh [WORK…]
set -euo pipefail
cd "$(dirname "$0")/.."

all="http-w1-floor http-w1 http-w2-floor http-w2 http-w3-floor http-w3 http-extension
reqwest-w1-floor client-w1 reqwest-w1-by-hand reqwest-w2-floor client-w2 reqwest-w2-by-hand
reqwest-w3-floor client-w3 reqwest-w3-by-hand
events-1k-floor events-1k events-16k-floor events-16k events-named-floor events-named
events-256k-floor events-256k events-256k-lines-floor events-256k-lines
items-1k-floor items-1k items-16k-floor items-16k lines-1k-floor lines-1k lines-16k-floor lines-16k
call call-once call-by-hand call-by-hand-text call-1000 call-1000-by-hand call-tls call-tls-by-hand
local-build local-send local-retry local-page local-items local-page-by-hand decode-1m decode-1m-by-hand
request-w1 read-w1 read-w1-axum request-w2 read-w2 request-w2-routed read-w2-axum
download download-by-hand download-by-hand-bare multipart multipart-by-hand"

cargo build --quiet --release --package api-request-benches \
    --example call --example count --example linear --example local --example server --example transfer
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
count="$target/release/examples/count"
transfer="$target/release/examples/transfer"
call="$target/release/examples/call"
local="$target/release/examples/local"
linear="$target/release/examples/linear"
server="$target/release/examples/server"

exec {moved}< <(exec "$transfer" serve)
servers=($!)
exec {called}< <(exec "$call" serve)
servers+=($!)
exec {called_tls}< <(exec "$call" serve-tls)
servers+=($!)
trap 'kill "${servers[@]}"' EXIT
read -r address <&"$moved"
read -r callee <&"$called"
read -r callee_tls <&"$called_tls"

# Runs a workload $2 times, or transfers $2 MiB.
run() {
    case $1 in
    call-tls*) "${@:3}" "$call" "$1" "$2" "$callee_tls" ;;
    call*) "${@:3}" "$call" "$1" "$2" "$callee" ;;
    download* | multipart*) "${@:3}" "$transfer" "$1" "$2" "$address" ;;
    local*) "${@:3}" "$local" "$1" "$2" ;;
    request-* | read-*) "${@:3}" "$server" "$1" "$2" ;;
    decode-1m*) "${@:3}" "$linear" "decode${1#decode-1m}" 1024 "$2" ;;
    *) "${@:3}" "$count" "$1" "$2" ;;
    esac
}

instructions() {
    run "$1" "$2" valgrind --tool=callgrind --callgrind-out-file=/dev/null 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\)/\1/p'
}

allocations() {
    run "$1" "$2" valgrind --tool=memcheck 2>&1 |
        sed -n 's/.*total heap usage: \([0-9,]*\) allocs.*/\1/p' | tr -d ,
}

peak() {
    run "$1" "$2" valgrind --tool=dhat --dhat-out-file=/dev/null 2>&1 |
        sed -n 's/.*At t-gmax: *\([0-9,]*\) bytes.*/\1/p' | tr -d ,
}

# Prints the minimum of $runs runs.
least() {
    for ((i = 0; i < runs; i++)); do "$@"; done | sort -n | sed -n 1p
}

each() {
    local few many
    few=$(least "$1" "$2" "$short")
    many=$(least "$1" "$2" "$long")
    echo $(((many - few) / (long - short) / at_once))
}

printf '%-24s %12s %12s %12s\n' work instructions allocations 'peak bytes'
for work in ${*:-$all}; do
    at_once=1
    case $work in
    call-1000*) short=2 long=4 runs=1 at_once=1000 ;;
    local-page* | local-items) short=100 long=300 runs=1 ;;
    decode-1m*) short=1 long=3 runs=1 ;;
    events-256k*) short=10 long=30 runs=1 ;;
    download* | multipart*) short=1 long=65 runs=5 ;;
    *) short=1000 long=3000 runs=1 ;;
    esac
    printf '%-24s %12d %12d %12d\n' "$work" \
        "$(each instructions "$work")" "$(each allocations "$work")" "$(peak "$work" "$long")"
done
