#!/usr/bin/env bash
# Prints the calls per second of 64 concurrent callers, declared and by hand with reqwest: the medians over interleaved
# rounds, and their ratio. The server is a separate process.
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
