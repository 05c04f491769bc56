//! `api-request generate`.

use std::path::{Path, PathBuf};

use api_request_openapi::{Document, Model, Output, Report, Selection, Sources, generate};

use super::{progress::progress, style};

#[derive(Debug, clap::Args)]
pub(crate) struct Generate {
    /// The document: OpenAPI 3.0, 3.1 or 3.2, in JSON or YAML.
    document: PathBuf,
    /// An operation to declare, by its ID; all if no operation and no tag is given.
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    /// A tag whose operations to declare.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Declares requests that can be read, too, and responses that can be written: for a server, and for tests.
    #[arg(long)]
    server: bool,
    /// The folder to write to, such as `src` or `src/api`.
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
    /// Writes only what the document changed since, and leaves edited items alone.
    #[arg(long, conflicts_with = "check")]
    update: bool,
    /// Writes nothing, and fails if the declarations are not up to date.
    #[arg(long)]
    check: bool,
}

/// Runs the command. Returns whether there are no differences.
pub(crate) fn run(arguments: &Generate) -> Result<bool, Box<dyn std::error::Error>> {
    let output = Output::new(&arguments.output);
    let mut selection = Selection {
        operations: arguments.operations.clone(),
        tags: arguments.tags.clone(),
        server: arguments.server,
    };
    if arguments.update || arguments.check {
        let before = output.selection()?;
        selection.server |= before.server;
        if selection.operations.is_empty() && selection.tags.is_empty() {
            selection = Selection {
                server: selection.server,
                ..before
            };
        }
    }
    let progress = progress(format!("reading {}", arguments.document.display()));
    let sources = Sources::read(&arguments.document)?;
    let document = Document::new(&sources)?;
    selection.check(&document)?;
    progress.set_message("declaring operations");
    let (model, report) = Model::new(&document, &selection);
    let files = generate(&model, output.root());
    progress.finish_and_clear();
    if arguments.check {
        let names = output.out_of_date(&files)?;
        for name in &names {
            style::line(format_args!("out of date: {name}"));
        }
        return Ok(names.is_empty());
    }
    if arguments.update {
        let changes = output.update(&files, &selection)?;
        for (what, names) in [
            ("added", &changes.added),
            ("updated", &changes.updated),
            ("removed", &changes.removed),
            ("edited, so not updated", &changes.edited),
        ] {
            for name in names {
                style::line(format_args!("{what}: {name}"));
            }
        }
        return Ok(true);
    }
    output.create(&files, &selection)?;
    print(&report, &arguments.document, &sources);
    Ok(true)
}

/// Prints what was declared, guessed and left out.
fn print(report: &Report, document: &Path, sources: &Sources) {
    style::line(format_args!(
        "{} operations of {} are declared",
        report.declared.len(),
        document.display()
    ));
    for (what, remarks) in [("guessed", &report.guessed), ("left out", &report.left_out)] {
        for remark in remarks {
            let place = sources.place(remark.place);
            style::line(format_args!(
                "{what}: {place}: `{}`: {}",
                remark.operation, remark.text
            ));
        }
    }
    for (text, count) in report.omissions() {
        let of = if count == 1 {
            "operation"
        } else {
            "operations"
        };
        style::line(format_args!("not declared, of {count} {of}: {text}"));
    }
}
