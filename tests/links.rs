//! The links of the pages at the top of the repository and of the guide lead to what is there: to files, to tests by their
//! names, to headings, and to items of the documentation. What the guide includes is there too, and so are the files that
//! the pages about the code name.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const PAGES: [&str; 5] = [
    "ARCHITECTURE.md",
    "COMPARE.md",
    "CONTRIBUTING.md",
    "DESIGN.md",
    "README.md",
];

/// A file of the repository, where a page is shown without it.
const REPOSITORY: &str = "https://github.com/api-request/api-request/blob/HEAD/";
const DOCUMENTATION: &str = "https://docs.rs/api-request/latest/api_request/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of the guide's pages.
fn guide() -> Vec<String> {
    let folder = fs::read_dir(root().join("docs/src")).expect("the guide is there");
    let files = folder.map(|entry| entry.expect("a file").path());
    let pages = files.filter(|file| file.extension().is_some_and(|extension| extension == "md"));
    let names = pages.map(|page| page.file_name().expect("a name").to_owned());
    let names = names.map(|name| name.into_string().expect("a name in UTF-8"));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The text and the target of each link that is written in place, and of each definition of a target.
fn links(page: &str) -> Vec<(&str, &str)> {
    let parts = page.split("](").collect::<Vec<_>>();
    let links = parts.windows(2).filter_map(|pair| {
        let (_, text) = pair[0].rsplit_once('[')?;
        let (target, _) = pair[1].split_once(')')?;
        Some((text, target))
    });
    let definitions = page
        .lines()
        .filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
    links.chain(definitions).collect()
}

/// Says what is wrong with a link of a page in a folder, if it leads to the repository or to the documentation.
fn fault((text, target): (&str, &str), folder: &Path) -> Option<String> {
    if let Some(item) = target.strip_prefix(DOCUMENTATION) {
        return (!is_documented(item)).then(|| format!("`{item}` is not in the documentation"));
    }
    let of_repository = target.strip_prefix(REPOSITORY);
    let folder = of_repository.map_or(folder.to_owned(), |_| root());
    let (file, heading) = {
        let target = of_repository.unwrap_or(target);
        target.split_once('#').unwrap_or((target, ""))
    };
    if file.is_empty() || file.contains("://") {
        return None;
    }
    let path = folder.join(file);
    if !path.exists() {
        return Some(format!("`{file}` is missing"));
    }
    let is = |extension| path.extension().is_some_and(|it| it == extension);
    if is("md") && !heading.is_empty() && !headings(&read(&path)).contains(heading) {
        return Some(format!("`{file}` has no heading `{heading}`"));
    }
    let name = text.strip_prefix('`')?.strip_suffix('`')?;
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !is("rs") || !name.contains('_') || !name.bytes().all(is_name) {
        return None;
    }
    // An example is named after its file.
    let is_file = path.file_stem().is_some_and(|stem| stem == name);
    let has_it = is_file || read(&path).contains(&format!("fn {name}("));
    (!has_it).then(|| format!("`{file}` has no `{name}`"))
}

/// Returns whether `tests/public-api.txt` has the item of a page of the documentation, and the method of its fragment.
fn is_documented(page: &str) -> bool {
    let api = read(root().join("tests/public-api.txt"));
    let (page, fragment) = page.split_once('#').unwrap_or((page, ""));
    let Some(page) = page.strip_suffix(".html") else {
        return false;
    };
    let (module, file) = page.rsplit_once('/').unwrap_or(("", page));
    let Some((kind, name)) = file.split_once('.') else {
        return file == "index";
    };
    let path = format!("api_request::{module}::{name}").replace("::::", "::");
    let item = match kind {
        "derive" => format!("use api_request_macros::{name} as {path}"),
        // The list has no macros.
        "macro" => return name == "operations",
        _ => format!("{kind} {path}"),
    };
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric) && !rest.starts_with("::");
    let has = |item: &str| {
        let mut lines = api.lines();
        lines.any(|line| {
            let found = line.split_once(item);
            found.is_some_and(|(_, rest)| ends(rest))
        })
    };
    let method = fragment.strip_prefix("method.");
    has(&item) && method.is_none_or(|method| has(&format!("fn {path}::{method}")))
}

/// The fragments by which a page's headings are linked to.
fn headings(page: &str) -> BTreeSet<String> {
    let titles = page.lines().filter(|line| line.starts_with('#'));
    let titles = titles.map(|line| line.trim_start_matches('#').trim().to_lowercase());
    let fragments = titles.map(|title| {
        let kept = title.chars().filter_map(|next| match next {
            ' ' => Some('-'),
            '-' | '_' => Some(next),
            _ => next.is_alphanumeric().then_some(next),
        });
        kept.collect()
    });
    fragments.collect()
}

/// Says what is wrong with what a page includes: the file, or the anchors around a part of it.
fn includes(page: &str, folder: &Path) -> (usize, Vec<String>) {
    let included: Vec<&str> = page
        .split("{{#include ")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("}}")?.0))
        .collect();
    let faults = included.iter().filter_map(|included| {
        let (file, anchor) = included.split_once(':').unwrap_or((included, ""));
        let Ok(code) = fs::read_to_string(folder.join(file)) else {
            return Some(format!("`{file}` is missing"));
        };
        let has = |mark: &str| {
            let mut lines = code.lines();
            lines.any(|line| line.split_whitespace().skip(1).take(2).eq([mark, anchor]))
        };
        let is_there = !anchor.is_empty() && has("ANCHOR:") && has("ANCHOR_END:");
        (!is_there).then(|| format!("`{file}` has no anchor `{anchor}`"))
    });
    (included.len(), faults.collect())
}

/// The folders and files below a folder, with `/` before each name and after that of a folder.
fn names(folder: &Path, prefix: &str, all: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("a file");
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        let path = format!("{prefix}/{name}");
        if entry.path().is_dir() {
            if name != "target" {
                all.push(format!("{path}/"));
                names(&entry.path(), &path, all);
            }
        } else {
            all.push(path);
        }
    }
}

/// The source files and folders that a page names, by the end of their path.
fn named(page: &str) -> impl Iterator<Item = &str> {
    let code = page.split('`').skip(1).step_by(2);
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/.".contains(&byte);
    code.filter(move |code| {
        let path = Path::new(code);
        let is_file = path.extension().is_some_and(|extension| extension == "rs");
        (is_file || code.len() > 1 && code.ends_with('/')) && code.bytes().all(is_path)
    })
}

#[test]
fn each_file_that_is_named_is_there() {
    let root = root();
    let mut all = Vec::new();
    names(&root, "", &mut all);
    let mut count = 0;
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "DESIGN.md"] {
        let page = read(root.join(name));
        for file in named(&page) {
            count += 1;
            let end = format!("/{file}");
            let is_there = all.iter().any(|path| path.ends_with(&end));
            assert!(is_there, "{name}: `{file}` is missing");
        }
    }
    // Or the names are not found.
    assert!(count > 100, "{count}");
}

#[test]
fn each_link_leads_to_what_is_there() {
    let root = root();
    let mut count = 0;
    for name in PAGES {
        let page = read(root.join(name));
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
fn each_page_of_the_guide_is_listed_and_leads_to_what_is_there() {
    let folder = root().join("docs/src");
    let summary = read(folder.join("SUMMARY.md"));
    let listed: BTreeSet<&str> = links(&summary).iter().map(|link| link.1).collect();
    let mut count = 0;
    for name in guide() {
        let page = read(folder.join(&name));
        let (included, missing) = includes(&page, &folder);
        count += included;
        assert!(missing.is_empty(), "{name}: {missing:?}");
        let links = links(&page).into_iter();
        let faults: Vec<_> = links.filter_map(|link| fault(link, &folder)).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        let is_listed = name == "SUMMARY.md" || listed.contains(&*name);
        assert!(is_listed, "`SUMMARY.md` has no {name}");
    }
    // Or they are not found.
    assert!(count > 30, "{count}");
}

#[test]
fn a_link_to_what_is_not_there_is_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = "[a](nowhere.rs) [`no_such_test`](links.rs) [`links`](links.rs#x) [b](https://c)\n\
        [c]: https://github.com/api-request/api-request/blob/HEAD/README.md#no-such-heading\n\
        [d]: https://docs.rs/api-request/latest/api_request/struct.Clien.html\n\
        [e]: https://docs.rs/api-request/latest/api_request/struct.Error.html#method.is_pag\n\
        [f]: https://docs.rs/api-request/latest/api_request/testing/struct.Script.html#method.then\n";
    let links = links(page).into_iter();
    let faults: Vec<_> = links.filter_map(|link| fault(link, root)).collect();
    let expected = [
        "`nowhere.rs` is missing",
        "`links.rs` has no `no_such_test`",
        "`README.md` has no heading `no-such-heading`",
        "`struct.Clien.html` is not in the documentation",
        "`struct.Error.html#method.is_pag` is not in the documentation",
    ];
    assert_eq!(faults, expected);

    let page = "{{#include nowhere.rs:a}} {{#include links.rs:no_such_anchor}}";
    let expected = [
        "`nowhere.rs` is missing",
        "`links.rs` has no anchor `no_such_anchor`",
    ];
    assert_eq!(
        includes(page, root),
        (2, expected.map(str::to_owned).into())
    );
}
