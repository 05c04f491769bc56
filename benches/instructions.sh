#!/usr/bin/env bash
# Prints the instructions and allocations of one run of each piece of work in count.rs, and the peak of the heap. Work
# on a stream of events is measured per event, cut into chunks of 1 KiB or 16 KiB.
#
# Each is counted by valgrind for a long run and a short one, and the difference divided by that of the lengths, so that
# start-up does not count. A reallocation counts as an allocation. The server of a download, or of an upload of a file as
# multipart, is another process, and what is printed is for one MiB: the least of five runs, because it depends on the
# pieces that happen to come. The download by hand has the same read timeout, the bare one has none.
#
# The server of a call is another process too. `call-once` has no retries, `call-by-hand` puts its URL together with the
# `url` crate, `call-by-hand-text` as a text; all have the same timeouts.
# Usage: benches/instructions.sh [WORK…]
set -euo pipefail
cd "$(dirname "$0")/.."

all="http-w1-floor http-w1 http-w2-floor http-w2
reqwest-w1-floor client-w1 reqwest-w1-by-hand reqwest-w2-floor client-w2 reqwest-w2-by-hand
events-1k-floor events-1k events-16k-floor events-16k
events-256k-floor events-256k events-256k-lines-floor events-256k-lines
call call-once call-by-hand call-by-hand-text
download download-by-hand download-by-hand-bare multipart multipart-by-hand"

cargo build --quiet --release --package api-request-benches --example call --example count --example transfer
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
count="$target/release/examples/count"
transfer="$target/release/examples/transfer"
call="$target/release/examples/call"

exec {moved}< <(exec "$transfer" serve)
servers=($!)
exec {called}< <(exec "$call" serve)
servers+=($!)
trap 'kill "${servers[@]}"' EXIT
read -r address <&"$moved"
read -r callee <&"$called"

# Runs a piece of work so many times, or moves so many MiB.
run() {
    case $1 in
    call*) "${@:3}" "$call" "$1" "$2" "$callee" ;;
    download* | multipart*) "${@:3}" "$transfer" "$1" "$2" "$address" ;;
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

# The least of so many runs.
least() {
    for ((i = 0; i < runs; i++)); do "$@"; done | sort -n | sed -n 1p
}

each() {
    local few many
    few=$(least "$1" "$2" "$short")
    many=$(least "$1" "$2" "$long")
    echo $(((many - few) / (long - short)))
}

printf '%-24s %12s %12s %12s\n' work instructions allocations 'peak bytes'
for work in ${*:-$all}; do
    case $work in
    events-256k*) short=10 long=30 runs=1 ;;
    download* | multipart*) short=1 long=65 runs=5 ;;
    *) short=1000 long=3000 runs=1 ;;
    esac
    printf '%-24s %12d %12d %12d\n' "$work" \
        "$(each instructions "$work")" "$(each allocations "$work")" "$(peak "$work" "$long")"
done
