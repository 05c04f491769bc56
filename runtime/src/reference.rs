//! A URL that a value gives in place of the path: absolute, or relative to the base URL.
//!
//! Resolved by [RFC 3986, section 5.2](https://www.rfc-editor.org/rfc/rfc3986#section-5.2), as text, so that nothing
//! changes but what the section says. Invariant: a URL parser does not change what is resolved.

use url::Url;
use zeroize::Zeroizing;

use crate::{BaseUrl, secrets};

/// Where a URL leads.
pub(crate) struct Resolved {
    /// The origin, if it is not that of the base URL.
    pub(crate) origin: Option<BaseUrl>,
    /// Path and query.
    pub(crate) target: Zeroizing<String>,
}

/// Resolves a URL against the base URL with a slash at its end, or says why that is not possible. The reasons do not
/// repeat the URL, which may be a secret.
pub(crate) fn resolve(reference: &str, base: &BaseUrl) -> Result<Resolved, &'static str> {
    check_text(reference)?;
    let (scheme, rest) = split_scheme(reference)?;
    let (authority, rest) = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            (Some(&rest[..end]), &rest[end..])
        }
        None if scheme.is_some() => return Err("has a scheme and no host: write `https://…`"),
        None => (None, rest),
    };
    let origin = match authority {
        None => None,
        Some(authority) if authority.contains('@') => {
            return Err("contains a user name or password: give credentials to the call instead");
        }
        Some(authority) => {
            let scheme = scheme.or(base.origin().split(':').next());
            let origin = format!("{}://{authority}", scheme.unwrap_or_default());
            let origin: BaseUrl = origin.parse().map_err(|_| "has an invalid host or port")?;
            Some(origin)
        }
    };
    let mark = rest.find('?').unwrap_or(rest.len());
    let (path, query) = rest.split_at(mark);
    let path = if authority.is_some() || path.starts_with('/') {
        without_dots(path)
    } else {
        without_dots(&Zeroizing::new(format!("{}/{path}", base.path())))
    };
    let target = Zeroizing::new([&path, query].concat());
    check_parsed(origin.as_ref().unwrap_or(base), &target)?;
    let origin = origin.filter(|origin| origin.origin() != base.origin());
    Ok(Resolved { origin, target })
}

fn check_text(reference: &str) -> Result<(), &'static str> {
    if reference.is_empty() {
        return Err("is empty: give a URL, or a path relative to the base URL");
    }
    if reference.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err("contains white space, a control character or a backslash");
    }
    if reference.contains('#') {
        return Err("has a fragment, which is never sent");
    }
    Ok(())
}

/// Returns the scheme, if there is one, and what is after its colon.
fn split_scheme(reference: &str) -> Result<(Option<&str>, &str), &'static str> {
    let end = reference.find([':', '/', '?']);
    match end.map(|end| reference.split_at(end)) {
        Some((scheme, rest)) if rest.starts_with(':') => {
            let known = ["http", "https"];
            if !known.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
                return Err("has another scheme than `http` or `https`");
            }
            Ok((Some(scheme), &rest[1..]))
        }
        _ => Ok((None, reference)),
    }
}

/// Returns an absolute path without its segments `.` and `..`, and what they remove.
fn without_dots(path: &str) -> Zeroizing<String> {
    let mut kept = Vec::new();
    let mut ends_in_dots = true;
    for segment in path.split('/').skip(1) {
        ends_in_dots = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let end = if ends_in_dots && !kept.is_empty() {
        "/"
    } else {
        ""
    };
    Zeroizing::new(["/", &*Zeroizing::new(kept.join("/")), end].concat())
}

fn check_parsed(origin: &BaseUrl, target: &str) -> Result<(), &'static str> {
    let whole = Zeroizing::new([origin.origin(), target].concat());
    let is_as_built = Url::parse(&whole).is_ok_and(|parsed| parsed.as_str() == *whole);
    let uri = origin.uri(secrets::wiped(target.as_bytes().to_vec()));
    if is_as_built && uri.is_ok() {
        return Ok(());
    }
    Err(
        "is too long, or would be changed by a URL parser: percent-encode all but the characters of RFC 3986",
    )
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use crate::BaseUrl;

    fn resolved(reference: &str) -> Result<String, &'static str> {
        let base: BaseUrl = "https://api.example.com/v1/x".parse().unwrap();
        let resolved = resolve(reference, &base)?;
        let origin = resolved.origin.as_ref();
        Ok(format!(
            "{}{}",
            origin.map_or("", BaseUrl::origin),
            *resolved.target
        ))
    }

    #[test]
    fn it_is_relative_to_the_base_url_with_a_slash() {
        for (reference, expected) in [
            ("y", "/v1/x/y"),
            ("y/", "/v1/x/y/"),
            ("./y", "/v1/x/y"),
            ("../y", "/v1/y"),
            ("../../../y", "/y"),
            ("..", "/v1/"),
            (".", "/v1/x/"),
            ("../..", "/"),
            ("a/./b/../c", "/v1/x/a/c"),
            ("a//b", "/v1/x/a//b"),
            ("/y", "/y"),
            ("/", "/"),
            ("/a/..", "/"),
            ("/..//evil.example/y", "//evil.example/y"),
            ("?a=b", "/v1/x/?a=b"),
            ("?", "/v1/x/?"),
            ("y?a=/../b?c", "/v1/x/y?a=/../b?c"),
            ("./7:cancel", "/v1/x/7:cancel"),
            ("operations/7:cancel", "/v1/x/operations/7:cancel"),
            ("y;g=1/../z", "/v1/x/z"),
            ("%2Fy%3F%23", "/v1/x/%2Fy%3F%23"),
            ("//api.example.com/y", "/y"),
            ("https://api.example.com/y", "/y"),
            ("HTTPS://API.example.com:443", "/"),
            ("https://api.example.com?a", "/?a"),
            ("https://api.example.com/a/../b", "/b"),
            ("http://api.example.com/y", "http://api.example.com/y"),
            (
                "https://api.example.com:8443/y",
                "https://api.example.com:8443/y",
            ),
            ("//evil.example/y?z", "https://evil.example/y?z"),
            ("https://[::1]:80/y", "https://[::1]:80/y"),
            (
                "https://b\u{fc}cher.example/",
                "https://xn--bcher-kva.example/",
            ),
        ] {
            assert_eq!(resolved(reference).as_deref(), Ok(expected), "{reference}");
        }
    }

    #[test]
    fn what_a_url_parser_reads_otherwise_is_refused() {
        for (reference, word) in [
            ("", "is empty"),
            ("/a b", "white space"),
            ("/a\u{a0}b", "white space"),
            ("/a\tb", "white space"),
            ("/a\0b", "control character"),
            ("\\\\evil.example/", "a backslash"),
            ("/a#b", "a fragment"),
            ("#", "a fragment"),
            ("ftp://evil.example/", "another scheme"),
            ("data:text", "another scheme"),
            ("7:cancel", "another scheme"),
            (":x", "another scheme"),
            ("localhost:8080/x", "another scheme"),
            ("https:evil.example/", "no host"),
            ("https:/evil.example/", "no host"),
            ("https://", "an invalid host"),
            ("https:///evil.example/", "an invalid host"),
            ("https://a:b/", "an invalid host"),
            ("https://a:99999/", "an invalid host"),
            ("https://a%2fb/", "an invalid host"),
            ("https://{host}/", "an invalid host"),
            ("https://u:p@evil.example/", "a user name"),
            ("//@evil.example/", "a user name"),
            ("/a/%2e%2E/b", "changed by a URL parser"),
            ("/a/.%2e", "changed by a URL parser"),
            ("/\u{e9}", "changed by a URL parser"),
            ("/a?b=\u{e9}", "changed by a URL parser"),
            ("/a?b='c'", "changed by a URL parser"),
            ("/a\"b", "changed by a URL parser"),
            ("/{id}", "changed by a URL parser"),
            ("/<a>", "changed by a URL parser"),
        ] {
            let reason = resolved(reference).unwrap_err();
            assert!(reason.contains(word), "{reference}: {reason}");
        }
        let long = format!("/{}", "a".repeat(70_000));
        assert!(resolved(&long).unwrap_err().contains("too long"));
    }
}
