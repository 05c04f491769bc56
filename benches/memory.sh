#!/usr/bin/env bash
# Prints the peak of resident memory while a download is saved to a file in the checkout, and while a file is uploaded
# as a whole body and as a part, each for a small and a large file. Then prints the heap of a client that is idle, and
# that of a call in flight, by dhat: the peaks of many and of twice as many at once, subtracted and divided. The servers are separate
# processes. Linux only.
# Usage: benches/memory.sh [MIB…]
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --release --package api-request-benches --example call --example transfer
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
transfer="$target/release/examples/transfer"
call="$target/release/examples/call"

exec {moved}< <(exec "$transfer" serve)
servers=($!)
exec {called}< <(exec "$call" serve)
servers+=($!)
trap 'kill "${servers[@]}"' EXIT
read -r address <&"$moved"
read -r callee <&"$called"

for work in save upload multipart; do
    for mib in ${*:-1 1024}; do
        printf '%-10s %6d MiB, %s\n' "$work" "$mib" "$("$transfer" "$work" "$mib" "$address" 2>&1)"
    done
done

peak() {
    valgrind --tool=dhat --dhat-out-file=/dev/null "$call" "$1" "$2" "$callee" 2>&1 |
        sed -n 's/.*At t-gmax: *\([0-9,]*\) bytes.*/\1/p' | tr -d ,
}

for work in idle idle-by-hand in-flight in-flight-by-hand; do
    case $work in
    idle*) n=4 ;;
    *) n=200 ;;
    esac
    printf '%-20s %8d bytes\n' "$work" $((($(peak "$work" $((n * 2))) - $(peak "$work" $n)) / n))
done
