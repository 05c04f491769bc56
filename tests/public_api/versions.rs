//! The guide's page about versions names each dependency whose items are public, its version, and those items.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{api::Api, library};

/// A dependency, its version without what may differ, and its items.
type Row = (String, String, BTreeSet<String>);

/// A file of the repository.
pub(crate) fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    fs::read_to_string(path).expect(name).replace('\r', "")
}

/// The part of a dependency's version that programs have to agree on: `1` of `1.5.0`, `0.13` of `0.13.5`.
fn version(manifest: &str, name: &str) -> Option<String> {
    let start = format!("{name} = ");
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix(&*start))?;
    let line = line.strip_prefix("{ version = ").unwrap_or(line);
    let mut parts = line.split('"').nth(1)?.split('.');
    let major = parts.next()?;
    Some(match parts.next() {
        Some(minor) if major == "0" => format!("0.{minor}"),
        _ => major.to_owned(),
    })
}

/// What is public.
fn found() -> BTreeSet<Row> {
    let manifest = read("Cargo.toml");
    let tree = library();
    let foreign = Api::of(&tree).foreign;
    let rows = foreign.into_iter().filter_map(|(name, items)| {
        // A crate has `_` where its package may have `-`. Without a version, it is the standard library, or a type parameter.
        let names = [name.replace('_', "-"), name];
        let mut versions = names
            .into_iter()
            .map(|name| Some((version(&manifest, &name)?, name)));
        let (version, name) = versions.find_map(|it| it)?;
        (!name.starts_with("api-request")).then_some((name, version, items))
    });
    rows.collect()
}

/// The rows of the page's table of dependencies.
fn page() -> BTreeSet<Row> {
    let page = read("docs/src/versions.md");
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, version, items, _why, _] = cells[..] else {
            return None;
        };
        let (name, _) = name.strip_prefix("[`")?.split_once('`')?;
        let items = items.split('`').skip(1).step_by(2);
        Some((
            name.to_owned(),
            version.to_owned(),
            items.map(str::to_owned).collect(),
        ))
    });
    rows.collect()
}

#[test]
fn the_page_about_versions_has_the_public_dependencies() {
    let (found, page) = (found(), page());
    let gone = page.difference(&found).map(|row| format!("- {row:?}\n"));
    let come = found.difference(&page).map(|row| format!("+ {row:?}\n"));
    let difference: String = gone.chain(come).collect();
    assert!(
        difference.is_empty(),
        "docs/src/versions.md has other dependencies than what is public:\n{difference}"
    );
}
