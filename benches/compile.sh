#!/usr/bin/env bash
# Prints the cost of compiling 100 request structs: half of them like W1 of requests.rs, half like W2.
#
# Each variant is a library with the same structs: with `Debug, Clone, Serialize` alone, declared with this crate, and
# with hand-written requests; of `sent` and `sent-by-reqwest` each is sent, and its response decoded as a type of its own.
# Times are user CPU seconds for the library alone, without incremental compilation: medians
# of 5 interleaved runs. Sizes are those of `.text` in a release build. The first row is subtracted from the others.
# Needs `size` from binutils. Usage: benches/compile.sh [RUNS], of which 0 prints sizes alone.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-5}
structs=100
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$work/target"
TIMEFORMAT=%U
variants="serialize declared by-builder by-reqwest sent sent-by-reqwest"

# Prints the structs, which differ between the variants only in the derive and its attributes.
structs_of() {
    local response=serde_json::Value derive='' w1='' w2='' header='' field='' body=''
    for ((i = 0; i < structs; i++)); do
        if [[ $1 = sent* ]]; then
            response=Out$i
            echo '#[derive(serde::Deserialize)]'
            echo "pub struct $response { pub id: String, pub name: Option<String>, pub limit: u32, pub tags: Vec<String> }"
        fi
        if [[ $1 = declared || $1 = sent ]]; then
            derive=', api_request::ApiRequest'
            w1="#[api(method = POST, path = \"/auth/keys$i\", response = $response)]"
            w2="#[api(method = GET, path = \"/guardrails$i/{id}/assignments/keys\", response = $response)]"
            header='#[api(header)]' field='#[api(query)]' body='#[api(body)]'
        fi
        if ((i % 2 == 0)); then
            cat <<END
#[derive(Debug, Clone, serde::Serialize)]
pub struct Body$i { pub code: String, pub code_challenge_method: String, pub code_verifier: String }
#[derive(Debug, Clone, serde::Serialize$derive)] $w1
pub struct R$i {
    $header pub http_referer: Option<String>,
    $header pub x_openrouter_title: Option<String>,
    $header pub x_openrouter_categories: Option<String>,
    $body pub body: Body$i,
}
END
        else
            cat <<END
#[derive(Debug, Clone, serde::Serialize$derive)] $w2
pub struct R$i {
    pub id: String,
    $field pub offset: Option<u32>,
    $field pub limit: Option<u32>,
    $field pub workspace_id: Option<String>,
    $field pub search: Option<String>,
}
END
        fi
    done
}

functions_of() {
    local start end
    for ((i = 0; i < structs; i++)); do
        case $1 in
        declared)
            cat <<END
pub fn request$i(r: &R$i, base: &api_request::BaseUrl) -> Result<http::Request<api_request::Body>, api_request::EncodeError> {
    api_request::ApiRequest::to_http(r, base)
}
END
            ;;
        sent)
            cat <<END
pub fn request$i(r: &R$i, client: &api_request::Client) -> Sent<'static, Result<Out$i, api_request::Error>> { Box::pin(client.send(r)) }
END
            ;;
        by-builder)
            if ((i % 2 == 0)); then
                cat <<END
pub fn request$i(r: &R$i, base: &str) -> Result<http::Request<Vec<u8>>, hand::Error> {
    let mut b = hand::Builder::new("POST", base, "/auth/keys$i");
    b.header("http-referer", r.http_referer.as_deref());
    b.header("x-openrouter-title", r.x_openrouter_title.as_deref());
    b.header("x-openrouter-categories", r.x_openrouter_categories.as_deref());
    b.json(serde_json::to_vec(&r.body));
    b.finish()
}
END
            else
                cat <<END
pub fn request$i(r: &R$i, base: &str) -> Result<http::Request<Vec<u8>>, hand::Error> {
    let mut b = hand::Builder::new("GET", base, "/guardrails$i/");
    b.segment(&r.id);
    b.text("/assignments/keys");
    b.query_number("offset", r.offset);
    b.query_number("limit", r.limit);
    b.query("workspace_id", r.workspace_id.as_deref());
    b.query("search", r.search.as_deref());
    b.finish()
}
END
            fi
            ;;
        by-reqwest | sent-by-reqwest)
            start="pub fn request$i(r: &R$i, client: &reqwest::Client, base: &url::Url) -> reqwest::Result<reqwest::Request> {"
            end='b.build() }'
            if [ "$1" = sent-by-reqwest ]; then
                start="pub fn request$i<'a>(r: &'a R$i, client: &'a reqwest::Client, base: &'a url::Url) -> Sent<'a, reqwest::Result<Out$i>> { Box::pin(async move {"
                end='b.send().await?.error_for_status()?.json().await }) }'
            fi
            echo "$start"
            if ((i % 2 == 0)); then
                cat <<END
    let mut b = client.post(format!("{base}/auth/keys$i")).json(&r.body);
    if let Some(v) = &r.http_referer { b = b.header("HTTP-Referer", v); }
    if let Some(v) = &r.x_openrouter_title { b = b.header("X-OpenRouter-Title", v); }
    if let Some(v) = &r.x_openrouter_categories { b = b.header("X-OpenRouter-Categories", v); }
END
            else
                cat <<END
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() { path.extend(["guardrails$i", &*r.id, "assignments", "keys"]); }
    let mut b = client.get(url);
    if let Some(v) = r.offset { b = b.query(&[("offset", v)]); }
    if let Some(v) = r.limit { b = b.query(&[("limit", v)]); }
    if let Some(v) = &r.workspace_id { b = b.query(&[("workspace_id", v)]); }
    if let Some(v) = &r.search { b = b.query(&[("search", v)]); }
END
            fi
            echo "$end"
            ;;
        esac
    done
}

mkdir -p "$work/hand/src"
cat >"$work/hand/Cargo.toml" <<END
[package]
name = "hand"
version = "0.0.0"
edition = "2024"
[dependencies]
http = "1"
serde_json = "1"
END
cat >"$work/hand/src/lib.rs" <<'END'
pub type Error = Box<dyn std::error::Error + Send + Sync>;
pub struct Builder { url: String, separator: char, headers: http::HeaderMap, method: &'static str, body: Vec<u8>, error: Option<Error> }
impl Builder {
    pub fn new(method: &'static str, base: &str, path: &str) -> Self {
        Self { url: format!("{base}{path}"), separator: '?', headers: http::HeaderMap::new(), method, body: Vec::new(), error: None }
    }
    pub fn text(&mut self, text: &str) { self.url.push_str(text); }
    pub fn segment(&mut self, text: &str) {
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { self.url.push(byte as char); } else { self.url.push_str(&format!("%{byte:02X}")); }
        }
    }
    pub fn query(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.url.push(self.separator);
            self.separator = '&';
            self.url.push_str(name);
            self.url.push('=');
            self.segment(value);
        }
    }
    pub fn query_number(&mut self, name: &str, value: Option<u32>) { self.query(name, value.map(|v| v.to_string()).as_deref()); }
    pub fn header(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            match http::HeaderValue::from_str(value) {
                Ok(value) => { self.headers.insert(http::HeaderName::from_static(name), value); }
                Err(error) => self.error = Some(error.into()),
            }
        }
    }
    pub fn json(&mut self, json: serde_json::Result<Vec<u8>>) {
        match json { Ok(json) => self.body = json, Err(error) => self.error = Some(error.into()) }
    }
    pub fn finish(self) -> Result<http::Request<Vec<u8>>, Error> {
        if let Some(error) = self.error { return Err(error); }
        let mut request = http::Request::builder().method(self.method).uri(self.url).body(self.body)?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}
END
for variant in $variants; do
    mkdir -p "$work/$variant/src"
    cat >"$work/$variant/Cargo.toml" <<END
[package]
name = "$variant"
version = "0.0.0"
edition = "2024"
[dependencies]
api-request = { path = "$root/runtime", default-features = false, features = ["client"] }
hand = { path = "../hand" }
http = "1"
reqwest = { version = "0.13", default-features = false, features = ["json", "query"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
url = "2"
END
    {
        echo 'pub type Sent<'"'"'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + '"'"'a>>;'
        structs_of "$variant"
        functions_of "$variant"
    } >"$work/$variant/src/lib.rs"
done
printf '[workspace]\nresolver = "3"\nmembers = ["hand", %s]\n' "$(printf '"%s", ' $variants)" >"$work/Cargo.toml"
cp Cargo.lock "$work/Cargo.lock"
cd "$work"

# Prints the user CPU seconds of one cargo command on one variant, with its dependencies already built.
seconds() {
    touch "$2/src/lib.rs"
    { time cargo "$1" --quiet --package "$2" 2>/dev/null; } 2>&1
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

text_of() {
    size "$work/target/release/lib${1//-/_}.rlib" 2>/dev/null | awk 'NR > 1 { sum += $1 } END { print sum }'
}

cargo build --quiet --release
if ((runs > 0)); then
    cargo build --quiet
    cargo check --quiet
fi
for variant in $variants; do
    : >"$work/$variant.build" >"$work/$variant.check"
done
for ((run = 0; run < runs; run++)); do
    for variant in $variants; do
        seconds build "$variant" >>"$work/$variant.build"
        seconds check "$variant" >>"$work/$variant.check"
    done
done

base_build=$(median <serialize.build) base_check=$(median <serialize.check) base_text=$(text_of serialize)
printf '%-15s %12s %12s %18s\n' variant 'build (s)' 'check (s)' 'text (B / struct)'
printf '%-15s %12.2f %12.2f %18d\n' serialize "$base_build" "$base_check" $((base_text / structs))
for variant in ${variants#serialize}; do
    build=$(median <"$variant.build") check=$(median <"$variant.check") text=$(text_of "$variant")
    printf '%-15s %12s %12s %18s\n' "$variant" \
        "$(awk "BEGIN { printf \"+%.2f\", $build - $base_build }")" \
        "$(awk "BEGIN { printf \"+%.2f\", $check - $base_check }")" \
        "+$(((text - base_text) / structs))"
done
