#!/usr/bin/env bash
# Prints what `FromHttp` costs to compile, beside serde's `Deserialize` on the same 400 request structs: half of them like
# W1 of requests.rs, half like W2, all with `ApiRequest`.
#
# Times are user CPU seconds of `cargo check` for the library alone, without incremental compilation: medians of
# interleaved runs, less those with `ApiRequest` alone. Usage: benches/reading.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-5}
structs=400
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$work/target"
TIMEFORMAT=%U
variants="declared deserialize from-http"

# Prints the structs, which differ in a derive.
structs_of() {
    local derive=''
    case $1 in
    deserialize) derive=', serde::Deserialize' ;;
    from-http) derive=', api_request::FromHttp' ;;
    esac
    for ((i = 0; i < structs; i++)); do
        if ((i % 2 == 0)); then
            cat <<END
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Body$i { pub code: String, pub code_challenge_method: String, pub code_verifier: String }
#[derive(api_request::ApiRequest$derive)]
#[api(method = POST, path = "/auth/keys$i", response = serde_json::Value)]
pub struct R$i {
    #[api(header)] pub http_referer: Option<String>,
    #[api(header)] pub x_openrouter_title: Option<String>,
    #[api(header)] pub x_openrouter_categories: Option<String>,
    #[api(body)] pub body: Body$i,
}
END
        else
            cat <<END
#[derive(api_request::ApiRequest$derive)]
#[api(method = GET, path = "/guardrails$i/{id}/assignments/keys", response = serde_json::Value)]
pub struct R$i {
    pub id: String,
    #[api(query)] pub offset: Option<u32>,
    #[api(query)] pub limit: Option<u32>,
    #[api(query)] pub workspace_id: Option<String>,
    #[api(query)] pub search: Option<String>,
}
END
        fi
    done
}

for variant in $variants; do
    mkdir -p "$work/$variant/src"
    cat >"$work/$variant/Cargo.toml" <<END
[package]
name = "$variant"
version = "0.0.0"
edition = "2024"
[dependencies]
api-request = { path = "$root/runtime", default-features = false, features = ["server"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
END
    structs_of "$variant" >"$work/$variant/src/lib.rs"
done
printf '[workspace]\nresolver = "3"\nmembers = [%s]\n' "$(printf '"%s", ' $variants)" >"$work/Cargo.toml"
cp Cargo.lock "$work/Cargo.lock"
cd "$work"

seconds() {
    touch "$1/src/lib.rs"
    { time cargo check --quiet --package "$1" 2>/dev/null; } 2>&1
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

cargo check --quiet
for ((run = 0; run < runs; run++)); do
    for variant in $variants; do
        seconds "$variant" >>"$work/$variant.check"
    done
done

base=$(median <declared.check)
printf '%-12s %10s\n' variant 'check (s)'
printf '%-12s %10.2f\n' declared "$base"
for variant in ${variants#declared}; do
    printf '%-12s %10s\n' "$variant" "$(awk "BEGIN { printf \"+%.2f\", $(median <"$variant.check") - $base }")"
done
