#!/usr/bin/env bash
# Prints the instructions for each entry of a value of N, 10 N and 100 N entries, and how much more an entry costs in the
# largest than in the smallest: 1.00 is linear. Of two lines, the second is serde or reqwest on the same value (linear.rs).
# An entry of `decode…` is a KiB, as is one of `one-event` and `one-line`, which arrive in chunks of 1 KiB.
# Usage: benches/growth.sh [WORK…]
set -euo pipefail
cd "$(dirname "$0")/.."

all="form-flatten form-unordered form-by-hand query-exploded query-deep query-by-hand json-flatten json-by-hand
decode decode-by-hand decode-envelope decode-envelope-by-hand decode-failed decode-failed-by-hand
one-event one-line"

cargo build --quiet --release --package api-request-benches --example linear
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')

instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$target/release/examples/linear" "$@" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\)/\1/p'
}

# Prints the instructions for each entry: a second run of the workload, so that start-up is not counted.
each() {
    echo $((($(instructions "$1" "$2" 2) - $(instructions "$1" "$2" 1)) / $2))
}

printf '%-24s %10s %10s %10s %8s\n' work N '10 N' '100 N' growth
for work in ${*:-$all}; do
    case $work in
    decode* | one*) n=10 ;;
    # A URL has 65,534 bytes at most.
    query*) n=20 ;;
    *) n=100 ;;
    esac
    one=$(each "$work" $n)
    ten=$(each "$work" $((n * 10)))
    hundred=$(each "$work" $((n * 100)))
    growth=$(awk -v a="$one" -v b="$hundred" 'BEGIN { printf "%.2f", b / a }')
    printf '%-24s %10d %10d %10d %8s\n' "$work" "$one" "$ten" "$hundred" "$growth"
done
