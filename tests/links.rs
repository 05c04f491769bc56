//! The links of the pages at the top of the repository lead to what is there: to files, and to tests by their names.

use std::{fs, path::Path};

const PAGES: [&str; 5] = [
    "ARCHITECTURE.md",
    "COMPARE.md",
    "CONTRIBUTING.md",
    "DESIGN.md",
    "README.md",
];

/// The text and the target of each link that is written in place.
fn links(page: &str) -> Vec<(&str, &str)> {
    let parts = page.split("](").collect::<Vec<_>>();
    let links = parts.windows(2).filter_map(|pair| {
        let (_, text) = pair[0].rsplit_once('[')?;
        let (target, _) = pair[1].split_once(')')?;
        Some((text, target))
    });
    links.collect()
}

/// Says what is wrong with a link, if it leads to the repository.
fn fault((text, target): (&str, &str), root: &Path) -> Option<String> {
    let file = target.split('#').next().unwrap_or_default();
    if file.is_empty() || file.contains("://") {
        return None;
    }
    let path = root.join(file);
    if !path.exists() {
        return Some(format!("`{file}` is missing"));
    }
    let name = text.strip_prefix('`')?.strip_suffix('`')?;
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_code = path.extension().is_some_and(|extension| extension == "rs");
    if !is_code || !name.bytes().all(is_name) {
        return None;
    }
    let code = fs::read_to_string(&path).ok()?;
    let has_it = code.contains(&format!("fn {name}("));
    (!has_it).then(|| format!("`{file}` has no `{name}`"))
}

#[test]
fn each_link_leads_to_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut count = 0;
    for name in PAGES {
        let page = fs::read_to_string(root.join(name)).expect(name);
        let links = links(&page);
        count += links.len();
        let faults: Vec<_> = links
            .into_iter()
            .filter_map(|link| fault(link, &root))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
    // Or the links are not found.
    assert!(count > 100, "{count}");
}

#[test]
fn a_link_to_what_is_not_there_is_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = "[a](nowhere.rs) [`no_such_test`](links.rs) [`links`](links.rs#x) [b](https://c)";
    let links = links(page).into_iter();
    let faults: Vec<_> = links.filter_map(|link| fault(link, root)).collect();
    let expected = [
        "`nowhere.rs` is missing",
        "`links.rs` has no `no_such_test`",
    ];
    assert_eq!(faults, expected);
}
