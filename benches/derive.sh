#!/usr/bin/env bash
# Prints the instructions of a derive for each field or variant of declarations with N, 10 N and 100 N of them, right ones
# and wrong ones (macros/src/growth.rs has the templates), and how much more one costs in the largest than in the smallest
# but one: 1.00 is linear. The derives are not optimized, as in most builds. What rustc does with the expansion, or with
# the mistakes, is not counted.
# Usage: benches/derive.sh [KIND…]
set -euo pipefail
cd "$(dirname "$0")/.."

all=$(sed -n 's/^    ("\([a-z-]*\)", .*/\1/p' macros/src/growth.rs)
n=10

tests=$(cargo test --quiet --package api-request-macros --lib --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*\)".*/\1/p')
# The test binary of a procedural macro needs the standard library of the compiler.
export LD_LIBRARY_PATH
LD_LIBRARY_PATH=$(rustc --print target-libdir)

each() {
    local instructions
    instructions=$(GROWTH_KIND=$1 GROWTH_COUNT=$2 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        --toggle-collect='*growth::growth_of*' "$tests" --ignored --exact growth::growth 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\)/\1/p')
    echo $((instructions / $2))
}

printf '%-16s %10s %10s %10s %8s\n' kind N '10 N' '100 N' growth
for kind in ${*:-$all}; do
    one=$(each "$kind" $n)
    ten=$(each "$kind" $((n * 10)))
    hundred=$(each "$kind" $((n * 100)))
    growth=$(awk -v a="$ten" -v b="$hundred" 'BEGIN { printf "%.2f", b / a }')
    printf '%-16s %10d %10d %10d %8s\n' "$kind" "$one" "$ten" "$hundred" "$growth"
done
