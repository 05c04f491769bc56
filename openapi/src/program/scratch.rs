//! The package that compares: it depends on the library of the declarations and on `api-request-openapi`.
//!
//! It is in the target folder of the package, and is kept, so that only what changed is built again.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::json;
use sha2::{Digest, Sha256};
use toml::{Table, Value};

use super::cargo::Package;

/// What the program does once it is built; the list of operations is imported before it.
const MAIN: &str = include_str!("scratch_main.rs");

/// The features of the package that are on.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// Their names.
    pub(super) names: Vec<String>,
    /// Whether those that are on by default are.
    pub(super) default: bool,
}

/// Writes the package, and returns its manifest.
pub(super) fn write(
    package: &Package,
    features: &Features,
    operations: &str,
    library: Option<&Path>,
) -> io::Result<PathBuf> {
    let name = name(package);
    let folder = package.target.join("api-request-check").join(&name);
    let manifest = folder.join("Cargo.toml");
    fs::create_dir_all(folder.join("src"))?;
    write_changed(&manifest, &manifest_text(&name, package, features, library))?;
    let main = format!("use {operations} as OPERATIONS;\n\n{MAIN}");
    write_changed(&folder.join("src/main.rs"), &main)?;
    copy_lock(&package.workspace, &folder)?;
    Ok(manifest)
}

/// The name of the package: several with the same library may be built in one folder.
fn name(package: &Package) -> String {
    let folder = package.folder.display().to_string();
    let hash = Sha256::digest(folder.as_bytes());
    format!(
        "api-request-check-{}-{:02x}{:02x}{:02x}",
        package.name, hash[0], hash[1], hash[2]
    )
}

fn manifest_text(
    name: &str,
    package: &Package,
    features: &Features,
    library: Option<&Path>,
) -> String {
    let mut text = format!(
        "[package]\nname = {}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n[dependencies]\n",
        json!(name),
    );
    // Each text of JSON is one of TOML.
    let _ = writeln!(
        text,
        "{} = {{ path = {}, default-features = {}, features = {} }}",
        json!(package.name),
        json!(package.folder),
        features.default,
        json!(features.names),
    );
    let from = match library {
        Some(folder) => format!("path = {}", json!(folder)),
        None => format!("version = \"={}\"", env!("CARGO_PKG_VERSION")),
    };
    let _ = writeln!(
        text,
        "api-request-openapi = {{ {from}, default-features = false }}"
    );
    text + "\n" + &shared(&package.workspace)
}

/// Copies the lock file of the workspace, so that dependencies have the versions that they have there. What Cargo adds to
/// the copy stays until the original changes.
fn copy_lock(workspace: &Path, folder: &Path) -> io::Result<()> {
    let Ok(lock) = fs::read_to_string(workspace.join("Cargo.lock")) else {
        return Ok(());
    };
    let copied = folder.join("copied.lock");
    if fs::read_to_string(&copied).is_ok_and(|copied| copied == lock) {
        return Ok(());
    }
    fs::write(folder.join("Cargo.lock"), &lock)?;
    fs::write(copied, lock)
}

/// Leaves a file alone that has the text: Cargo builds again what has a new time.
fn write_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text)
}

/// Returns what of the workspace's manifest decides what is built: its patches and profiles.
fn shared(workspace: &Path) -> String {
    let manifest = fs::read_to_string(workspace.join("Cargo.toml")).unwrap_or_default();
    let Ok(manifest) = manifest.parse::<Table>() else {
        return String::new();
    };
    let mut shared = Table::new();
    for name in ["patch", "profile"] {
        if let Some(value) = manifest.get(name) {
            shared.insert(name.to_owned(), value.clone());
        }
    }
    for patches in shared
        .get_mut("patch")
        .and_then(Value::as_table_mut)
        .into_iter()
        .flatten()
    {
        for (_, patch) in patches.1.as_table_mut().into_iter().flatten() {
            if let Some(Value::String(path)) = patch.get_mut("path") {
                *path = workspace.join(&path).display().to_string();
            }
        }
    }
    shared.to_string()
}
