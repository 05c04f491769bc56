//! The file of `--allow`.

use std::{fs, path::Path};

/// A difference that is allowed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    /// The name or the ID of the operation.
    pub(super) operation: String,
    /// The part of the operation that differs, as the difference names it.
    pub(super) at: String,
    /// Why it may differ.
    pub(super) reason: String,
}

/// Reads the allowances of a file: one a line, `operation: part: reason`.
pub(super) fn read(path: &Path) -> Result<Vec<Allowance>, String> {
    let name = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{name}: the file cannot be read: {error}"))?;
    let mut allowances = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let allowance = parse(line).ok_or_else(|| {
            format!(
                "{name}:{}: an allowance is written `operation: part: reason`",
                index + 1
            )
        })?;
        allowances.push(allowance);
    }
    Ok(allowances)
}

fn parse(line: &str) -> Option<Allowance> {
    let (operation, rest) = line.split_once(": ")?;
    let (at, reason) = rest.split_once(": ")?;
    let [operation, at, reason] = [operation, at, reason].map(|text| text.trim().to_owned());
    let is_whole = [&operation, &at, &reason]
        .iter()
        .all(|text| !text.is_empty());
    is_whole.then_some(Allowance {
        operation,
        at,
        reason,
    })
}
