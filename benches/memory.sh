#!/usr/bin/env bash
# Prints the peak of resident memory while a download is saved to a file in this directory, for a small one and a large
# one. The server is another process. Linux only. Usage: benches/memory.sh [MIB…]
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --release --package api-request-benches --example download
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
download="$target/release/examples/download"

coproc "$download" serve
trap 'kill "$COPROC_PID"' EXIT
read -r address <&"${COPROC[0]}"

for mib in ${*:-1 1024}; do
    printf '%6d MiB downloaded: peak of resident memory %s\n' "$mib" "$("$download" save "$mib" "$address")"
done
