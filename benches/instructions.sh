#!/usr/bin/env bash
# Prints the instructions and allocations of one run of each piece of work in count.rs, and the peak of the heap. Work
# on a stream of events is measured per event, cut into chunks of 1 KiB or 16 KiB.
#
# Each is counted by valgrind for a long run and a short one, and the difference divided by that of the lengths, so that
# start-up does not count. A reallocation counts as an allocation. Usage: benches/instructions.sh [WORK…]
set -euo pipefail
cd "$(dirname "$0")/.."

all="http-w1-floor http-w1 http-w2-floor http-w2
reqwest-w1-floor reqwest-w1 reqwest-w1-by-hand reqwest-w2-floor reqwest-w2 reqwest-w2-by-hand
events-1k-floor events-1k events-16k-floor events-16k
events-256k-floor events-256k events-256k-lines-floor events-256k-lines"

cargo build --quiet --release --package api-request-benches --example count
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
count="$target/release/examples/count"

instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$count" "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\)/\1/p'
}

allocations() {
    valgrind --tool=memcheck "$count" "$1" "$2" 2>&1 |
        sed -n 's/.*total heap usage: \([0-9,]*\) allocs.*/\1/p' | tr -d ,
}

peak() {
    valgrind --tool=dhat --dhat-out-file=/dev/null "$count" "$1" "$2" 2>&1 |
        sed -n 's/.*At t-gmax: *\([0-9,]*\) bytes.*/\1/p' | tr -d ,
}

each() {
    local few many
    few=$("$1" "$2" "$short")
    many=$("$1" "$2" "$long")
    echo $(((many - few) / (long - short)))
}

printf '%-24s %12s %12s %12s\n' work instructions allocations 'peak bytes'
for work in ${*:-$all}; do
    short=1000 long=3000
    [[ $work == events-256k* ]] && short=10 long=30
    printf '%-24s %12d %12d %12d\n' "$work" \
        "$(each instructions "$work")" "$(each allocations "$work")" "$(peak "$work" "$long")"
done
