//! What Cargo says of a package, and what it builds.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use super::style;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The package whose declarations are compared.
#[derive(Debug)]
pub(super) struct Package {
    /// Its name.
    pub(super) name: String,
    /// The name of its library in code.
    pub(super) library: String,
    /// Its folder.
    pub(super) folder: PathBuf,
    /// The features that it declares.
    pub(super) features: Vec<String>,
    /// The folder of its workspace.
    pub(super) workspace: PathBuf,
    /// The folder that Cargo builds in.
    pub(super) target: PathBuf,
}

impl Package {
    /// Finds the package of a manifest, or of the current folder.
    pub(super) fn find(manifest: Option<&Path>) -> Result<Self> {
        let manifest = if let Some(path) = manifest {
            path.to_owned()
        } else {
            let output = cargo(&["locate-project", "--message-format", "plain"])?;
            PathBuf::from(String::from_utf8(output)?.trim_end())
        };
        let name = manifest.display().to_string();
        let output = cargo(&[
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--manifest-path",
            &name,
        ])?;
        let metadata: Value = serde_json::from_slice(&output)?;
        let manifest = manifest.canonicalize()?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let package = packages
            .into_iter()
            .find(|package| path(&package["manifest_path"]).canonicalize().is_ok_and(|path| path == manifest))
            .ok_or_else(|| {
                format!("{name}: there is no package: run in the folder of one, or name its `Cargo.toml` by `--manifest-path`")
            })?;
        let library = library(package).ok_or_else(|| {
            format!("{name}: the package has no library: declarations that are compared are in `src/lib.rs`")
        })?;
        let features = package["features"].as_object().into_iter().flatten();
        Ok(Self {
            name: text(&package["name"]),
            library: library.replace('-', "_"),
            folder: manifest.parent().map(Path::to_owned).unwrap_or_default(),
            features: features.map(|(name, _)| name.clone()).collect(),
            workspace: path(&metadata["workspace_root"]),
            target: path(&metadata["target_directory"]),
        })
    }
}

/// Returns the name of the target that other packages can use.
fn library(package: &Value) -> Option<String> {
    let targets = package["targets"].as_array()?;
    let library = targets.iter().find(|target| {
        let kinds = target["kind"].as_array().into_iter().flatten();
        kinds
            .filter_map(Value::as_str)
            .any(|kind| matches!(kind, "lib" | "rlib" | "dylib"))
    })?;
    Some(text(&library["name"]))
}

/// Builds a package, and returns the path of its program, or the messages of Cargo if it cannot be built.
pub(super) fn build(
    manifest: &Path,
    target: &Path,
) -> Result<std::result::Result<PathBuf, String>> {
    let output = command()
        .args([
            "build",
            "--quiet",
            "--message-format",
            "json-render-diagnostics",
            "--color",
        ])
        .arg(if style::is_colored() {
            "always"
        } else {
            "never"
        })
        .arg("--manifest-path")
        .arg(manifest)
        .arg("--target-dir")
        .arg(target)
        .output()
        .map_err(no_cargo)?;
    if !output.status.success() {
        return Ok(Err(messages(&output)));
    }
    let lines = String::from_utf8(output.stdout)?;
    let executable = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from));
    Ok(Ok(executable.ok_or("`cargo build` names no program")?))
}

/// Runs Cargo, and returns what it prints.
fn cargo(arguments: &[&str]) -> Result<Vec<u8>> {
    let output = command().args(arguments).output().map_err(no_cargo)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    // Cargo's message begins as those of this program do.
    let messages = messages(&output);
    let message = messages.strip_prefix("error: ").unwrap_or(&messages);
    Err(message.trim_end().into())
}

fn command() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
fn no_cargo(error: std::io::Error) -> String {
    format!("`cargo` cannot be run: {error}")
}

fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn path(value: &Value) -> PathBuf {
    PathBuf::from(text(value))
}
