#!/usr/bin/env bash
# Prints the peak of resident memory while a download is saved to a file in the checkout, and while a file is uploaded
# as a whole body and as a part, each for a small and a large file. The server is a separate process. Linux only.
# Usage: benches/memory.sh [MIB…]
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --release --package api-request-benches --example transfer
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
transfer="$target/release/examples/transfer"

coproc "$transfer" serve
trap 'kill "$COPROC_PID"' EXIT
read -r address <&"${COPROC[0]}"

for work in save upload multipart; do
    for mib in ${*:-1 1024}; do
        printf '%-10s %6d MiB, %s\n' "$work" "$mib" "$("$transfer" "$work" "$mib" "$address" 2>&1)"
    done
done
