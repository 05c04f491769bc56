//! `api-request check`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use api_request_openapi::{Document, Sources};

use super::{
    allowances,
    cargo::{self, Package},
    progress::progress,
    scratch::{self, Features},
};

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The document: OpenAPI 3.0, 3.1 or 3.2, in JSON or YAML.
    document: PathBuf,
    /// The list that `operations!` makes, such as `my_api::OPERATIONS`; by default that at the root of the library.
    #[arg(long, value_name = "PATH")]
    operations: Option<String>,
    /// Operations that only the document has are differences too.
    #[arg(long)]
    complete: bool,
    /// A file of differences that are allowed, one a line: `operation: part: reason`.
    #[arg(long, value_name = "FILE")]
    allow: Option<PathBuf>,
    /// The `Cargo.toml` of the package; by default that of the current folder.
    #[arg(long, value_name = "FILE")]
    manifest_path: Option<PathBuf>,
    /// Features of the package to switch on.
    #[arg(short = 'F', long, value_name = "FEATURES", value_delimiter = ',')]
    features: Vec<String>,
    /// Switches all features of the package on.
    #[arg(long)]
    all_features: bool,
    /// Does not switch on the features that the package has by default.
    #[arg(long)]
    no_default_features: bool,
    /// The folder of the package `api-request-openapi`, if this program was built from it; by default the release of the
    /// same version as the program is used.
    #[arg(long, value_name = "DIR")]
    library_path: Option<PathBuf>,
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Runs the command. Returns whether there are no differences.
pub(crate) fn run(arguments: &Check) -> Result<bool> {
    // What is wrong is known before anything is built.
    Document::new(&Sources::read(&arguments.document)?)?;
    let allowances = arguments
        .allow
        .as_deref()
        .map_or(Ok(Vec::new()), allowances::read)?;
    let package = Package::find(arguments.manifest_path.as_deref())?;
    let operations = operations(arguments.operations.as_deref(), &package.library)?;
    let library = arguments
        .library_path
        .as_deref()
        .map(Path::canonicalize)
        .transpose()?;
    let features = features(arguments, &package);
    let manifest = scratch::write(&package, &features, &operations, library.as_deref())?;

    let progress = progress(format!(
        "building what compares `{operations}` with the document"
    ));
    let program = cargo::build(&manifest, &package.target);
    progress.finish_and_clear();
    let program = match program? {
        Ok(program) => program,
        Err(messages) => {
            eprint!("{messages}");
            return Err(format!(
                "what compares `{operations}` with the document cannot be built: `--operations` names what `operations!` makes"
            )
            .into());
        }
    };
    let mut command = Command::new(program);
    command
        .arg(&arguments.document)
        .arg(arguments.complete.to_string());
    for allowance in allowances {
        command.args([allowance.operation, allowance.at, allowance.reason]);
    }
    match command.status()?.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err("the comparison did not end: see above".into()),
    }
}

/// Returns the path of the list in Rust.
fn operations(given: Option<&str>, library: &str) -> Result<String> {
    let Some(given) = given else {
        return Ok(format!("{library}::OPERATIONS"));
    };
    let is_path = syn::parse_str::<syn::Path>(given)
        .is_ok_and(|path| path.segments.len() > 1 && path.segments[0].ident == library);
    if is_path {
        return Ok(given.to_owned());
    }
    Err(format!(
        "`--operations`: `{given}` is not a path in the library: write `{library}::OPERATIONS`"
    )
    .into())
}

fn features(arguments: &Check, package: &Package) -> Features {
    let names = if arguments.all_features {
        package.features.clone()
    } else {
        // Cargo takes spaces too.
        let names = arguments
            .features
            .iter()
            .flat_map(|names| names.split_whitespace());
        names.map(str::to_owned).collect()
    };
    Features {
        names,
        default: !arguments.no_default_features,
    }
}
