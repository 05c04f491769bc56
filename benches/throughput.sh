#!/usr/bin/env bash
# Prints the calls in a second of 64 callers at once, declared and by hand with reqwest: the medians of so many rounds,
# one of each after the other, and their ratio. The server is another process.
# Usage: benches/throughput.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --release --package api-request-benches --example call
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
call="$target/release/examples/call"

coproc "$call" serve
trap 'kill "$COPROC_PID"' EXIT
read -r address <&"${COPROC[0]}"

"$call" "${1:-15}" "$address"
