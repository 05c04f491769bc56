#!/usr/bin/env bash
# Prints what a cold debug build of a package with one dependency costs, in user CPU seconds, and of how many crates it is:
# this crate with its default features, and reqwest with its own and what is needed beside it, serde and serde_json. The
# crates are downloaded before. Takes minutes.
# Usage: benches/cold.sh
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_INCREMENTAL=0
unset CARGO_TARGET_DIR
TIMEFORMAT=%U

printf '%-12s %14s %8s\n' package 'user CPU (s)' crates
for package in api-request reqwest; do
    mkdir -p "$work/$package/src"
    cat >"$work/$package/Cargo.toml" <<END
[package]
name = "cold"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
END
    if [ $package = api-request ]; then
        echo "api-request = { path = \"$root/runtime\" }"
    else
        printf 'reqwest = { version = "0.13", features = ["json"] }\nserde_json = "1"\n'
    fi >>"$work/$package/Cargo.toml"
    echo 'serde = { version = "1", features = ["derive"] }' >>"$work/$package/Cargo.toml"
    : >"$work/$package/src/lib.rs"
    cp Cargo.lock "$work/$package"
    cd "$work/$package"
    crates=$(cargo tree --quiet -e normal --prefix none --no-dedupe | sed 's/ (\*)$//' | sort -u | wc -l)
    cargo fetch --quiet
    seconds=$({ time cargo build --quiet --offline; } 2>&1)
    cd "$root"
    printf '%-12s %14s %8d\n' "$package" "$seconds" $((crates - 1))
done
