//! The page `runtime/docs/diagnostics.md` has a row for every file of `ui/fail`, with its first message, and no other.

use std::{
    fs,
    path::{Path, PathBuf},
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

/// The first message in what rustc printed, without `error: `.
fn first_message(stderr: &str) -> Option<&str> {
    let line = stderr.lines().find(|line| line.starts_with("error"))?;
    Some(line.split_once(": ")?.1)
}

#[test]
fn the_page_has_every_message() -> Result<()> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    // In a table, `|` is escaped.
    let page =
        fs::read_to_string(tests.join("../runtime/docs/diagnostics.md"))?.replace("\\|", "|");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.contains(".rs` |"))
        .collect();
    let fail = tests.join("ui/fail");
    let mut files = 0;
    let mut missing = Vec::new();
    for area in entries(&fail)? {
        for file in entries(&area)? {
            if file.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            files += 1;
            let stderr = fs::read_to_string(file.with_extension("stderr"))?;
            let message = first_message(&stderr).ok_or("a `.stderr` file without an error")?;
            let name = file
                .strip_prefix(&fail)?
                .display()
                .to_string()
                .replace('\\', "/");
            let (start, end) = (format!("| {message} |"), format!("| `{name}` |"));
            if !rows
                .iter()
                .any(|row| row.starts_with(&start) && row.ends_with(&end))
            {
                missing.push(format!("{start} … {end}"));
            }
        }
    }
    let missing = missing.join("\n");
    assert_eq!(missing, "", "the page has no rows that start and end so");
    assert_eq!(
        rows.len(),
        files,
        "the page has rows of files that are gone"
    );
    Ok(())
}
