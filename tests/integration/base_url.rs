//! What may be a base URL.

use api_request::BaseUrl;

#[test]
fn a_base_url_is_kept_as_the_url_parser_reads_it() {
    let table = [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        (
            "HTTPS://API.Example.com:443/V1/",
            "https://api.example.com/V1",
        ),
        ("http://h:80/a/../b", "http://h/b"),
        ("http://h:8080/a%2Fb", "http://h:8080/a%2Fb"),
        ("http://[2001:DB8::1]:8080", "http://[2001:db8::1]:8080"),
        ("http://127.1", "http://127.0.0.1"),
        (
            "https://b\u{fc}cher.example/",
            "https://xn--bcher-kva.example",
        ),
    ];
    for (text, kept) in table {
        let base: BaseUrl = text.parse().unwrap();
        assert_eq!(base.as_str(), kept);
        assert_eq!(BaseUrl::try_from(text).unwrap(), base);
        assert_eq!(BaseUrl::try_from(text.to_owned()).unwrap(), base);
        assert!(base.as_str().starts_with(base.origin()));
    }
}

#[test]
fn what_cannot_be_a_base_url_is_refused_with_the_reason() {
    let table = [
        ("", "has no scheme"),
        ("/v1", "has no scheme"),
        ("api.example.com", "has no scheme, write `https://"),
        ("api.example.com:443/v1", "has no scheme, write `https://"),
        ("localhost:8080", "has no scheme, write `https://"),
        ("mailto:ada@example.com", "has the scheme `mailto`"),
        ("https://h/{tenant}", "contains a brace"),
        ("https://{tenant}.example.com", "contains a brace"),
        ("https://h/a}", "contains a brace"),
        ("ftp://h", "has the scheme `ftp`"),
        ("file:///etc", "has the scheme `file`"),
        ("https://", "cannot be parsed"),
        ("https://h?key=s3cret", "has a query"),
        ("https://h/#", "has a fragment"),
        ("https://user@h", "contains credentials"),
        ("https://user:s3cret@h", "contains credentials"),
        ("https://h:99999", "cannot be parsed"),
        (" https://h", "white space"),
        ("https://h\n", "white space"),
        ("https://h\\a", "backslash"),
    ];
    for (text, words) in table {
        let error = text.parse::<BaseUrl>().unwrap_err();
        assert!(error.to_string().contains(words), "{text:?}: {error}");
        assert!(!format!("{error} {error:?}").contains("s3cret"));
    }
}

#[test]
fn an_invalid_header_name_is_named() {
    use api_request::Client;

    let client = |name: &str| Client::builder("https://api.example.com").header(name, "v");
    client("X-Name").build().unwrap();
    for (name, shown) in [
        ("X Name", "`X Name`"),
        ("", "``"),
        ("a\u{1b}", "`a\\u{1b}`"),
    ] {
        let error = client(name).build().unwrap_err().to_string();
        let expected = format!("the header name {shown} is not a token (RFC 9110)");
        assert!(error.contains(&expected), "{error}");
    }
}
