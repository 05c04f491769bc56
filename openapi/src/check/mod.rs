//! Compares declarations with a document, and says all that differs at once.
//!
//! Direction: all that the document requires of a request is sent, and all that is sent is in the document. What the
//! document only offers is not a difference. All that the document allows in a response is decoded.
//!
//! What a declaration says is compared as it is (`parameters`); what only its types know is learned from values that
//! are made of the document's schemas: `requests` sends them, and `responses` decodes them.

mod content;
mod difference;
mod matching;
mod media;
mod pages;
mod parameters;
mod path;
mod requests;
mod responses;
mod schema;
mod security;
mod wire;

use std::path::PathBuf;

use api_request::{AnyOperation, Operation};

pub use difference::{Agreement, Difference, Unchecked};

use crate::{
    Document, Error, Sources, document,
    instances::{Direction, Values},
};
use difference::Findings;
use matching::{Match, Routes};

/// Compares declarations with a document. Call it in a test of the package that has the declarations.
///
/// The path of the document is relative to the folder of the package, which is where `cargo test` runs.
///
/// ```
/// use api_request::ApiRequest;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys", name = "listKeys", fields = query)]
/// struct ListKeys {
///     limit: Option<u32>,
/// }
///
/// api_request::operations! { static OPERATIONS: [ListKeys] }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # std::env::set_current_dir(&folder)?;
/// std::fs::write("openapi.yaml", r#"
/// openapi: 3.1.0
/// info: { title: Keys }
/// paths:
///   /keys:
///     get:
///       operationId: listKeys
///       parameters:
///         - { name: limit, in: query, required: true, schema: { type: integer } }
///       responses: { "200": { description: Keys. } }
/// "#)?;
/// let agreement = api_request_openapi::check(OPERATIONS, "openapi.yaml").run()?;
/// assert_eq!(
///     agreement.to_string(),
///     "openapi.yaml:9: `listKeys`: the query parameter `limit` is required, but may be left out\n",
/// );
///
/// api_request_openapi::check(OPERATIONS, "openapi.yaml")
///     .allow("listKeys", "query parameter `limit`", "the server has a default; the document is behind")
///     .assert();
/// # Ok(())
/// # }
/// ```
pub fn check(operations: &'static [AnyOperation], document: impl Into<PathBuf>) -> Check {
    Check::new(operations, Input::Path(document.into()))
}

/// A comparison of declarations with a document, made by [`check`].
#[derive(Debug)]
#[must_use = "nothing is compared before `assert` or `run`"]
pub struct Check {
    operations: &'static [AnyOperation],
    document: Input,
    allowances: Vec<Allowance>,
    is_complete: bool,
}

/// Where the document is.
#[derive(Debug)]
enum Input {
    Path(PathBuf),
    Sources(Sources),
}

/// A difference that may be there.
#[derive(Debug)]
struct Allowance {
    operation: String,
    at: String,
    reason: String,
}

/// A declaration and the operation of the document that it is.
pub(crate) struct Pair<'a> {
    pub(crate) any: AnyOperation,
    pub(crate) declared: &'static Operation,
    pub(crate) document: &'a Document,
    /// The index of the operation in the document.
    pub(crate) index: usize,
    pub(crate) operation: &'a document::Operation,
}

impl Check {
    fn new(operations: &'static [AnyOperation], document: Input) -> Self {
        Self {
            operations,
            document,
            allowances: Vec::new(),
            is_complete: false,
        }
    }

    /// Compares with a document that has been read.
    ///
    /// ```
    /// use api_request_openapi::{Check, Sources};
    ///
    /// let text = r#"{"openapi": "3.1.0", "info": {}, "paths": {"/keys": {"get": {"operationId": "listKeys"}}}}"#;
    /// let sources = Sources::from_text("keys.json", text)?;
    /// let agreement = Check::of(&[], sources).complete().run()?;
    /// assert_eq!(
    ///     agreement.differences[0].to_string(),
    ///     "keys.json:1: `listKeys`: the operation `GET /keys` is not declared",
    /// );
    /// # Ok::<(), api_request_openapi::Error>(())
    /// ```
    pub fn of(operations: &'static [AnyOperation], document: Sources) -> Self {
        Self::new(operations, Input::Sources(document))
    }

    /// Allows a difference, for a reason.
    ///
    /// `operation` is the ID of the operation in the document, the name of the declaration, or `*` for all. `at` is what
    /// differs, as the difference shows it after `the`: ``"query parameter `limit`"``. What is allowed and does not differ
    /// is a difference itself, so that no allowance is left behind.
    ///
    /// # Panics
    ///
    /// Panics if the reason is empty.
    #[track_caller]
    pub fn allow(
        mut self,
        operation: impl Into<String>,
        at: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        let reason = reason.into();
        assert!(
            !reason.trim().is_empty(),
            "a difference is allowed for a reason, which the next reader needs"
        );
        self.allowances.push(Allowance {
            operation: operation.into(),
            at: at.into(),
            reason,
        });
        self
    }

    /// Makes a difference of each operation of the document that is not declared.
    pub fn complete(mut self) -> Self {
        self.is_complete = true;
        self
    }

    /// Compares, and panics if anything differs.
    ///
    /// # Panics
    ///
    /// Panics with all differences, one in a line, or if the document cannot be used.
    #[track_caller]
    pub fn assert(self) {
        let agreement = match self.run() {
            Ok(agreement) => agreement,
            Err(error) => panic!("the document cannot be used: {error}"),
        };
        let differences = agreement.differences.len();
        let noun = if differences == 1 {
            "difference"
        } else {
            "differences"
        };
        assert!(
            differences == 0,
            "{differences} {noun} between the declarations and the document:\n{agreement}"
        );
    }

    /// Compares.
    ///
    /// # Errors
    ///
    /// Returns an error if the document cannot be used: it is not there, or is not `OpenAPI` 3.
    pub fn run(self) -> Result<Agreement, Error> {
        let sources = match self.document {
            Input::Path(path) => Sources::read(&path)?,
            Input::Sources(sources) => sources,
        };
        let document = Document::new(&sources)?;
        let mut findings = Findings::default();
        compare(self.operations, &document, self.is_complete, &mut findings);
        let mut agreement = findings.agreement(&document, &sources);
        for allowance in &self.allowances {
            agreement.allow(allowance, &sources);
        }
        Ok(agreement)
    }
}

fn compare(
    operations: &'static [AnyOperation],
    document: &Document,
    is_complete: bool,
    findings: &mut Findings,
) {
    let routes = Routes::new(document);
    let sent = Values::new(document, Direction::Request);
    let received = Values::new(document, Direction::Response);
    let mut is_known = vec![false; document.operations.len()];
    for any in operations {
        let declared = any.operation();
        match routes.find(declared) {
            Match::Found(index) => {
                is_known[index] = true;
                let pair = Pair {
                    any: *any,
                    declared,
                    document,
                    index,
                    operation: &document.operations[index],
                };
                compare_pair(&pair, findings);
                requests::compare(&pair, &sent, findings);
                responses::compare(&pair, &received, findings);
            }
            Match::Near(near) => {
                is_known[near.index] |= near.is_same_id;
                findings.add_near(declared, near);
            }
            Match::None => findings.add_unmatched(declared),
            Match::Elsewhere(reason) => findings.unchecked(declared.name(), reason),
        }
    }
    for (index, operation) in document.operations.iter().enumerate() {
        if is_complete && !is_known[index] {
            findings.add_undeclared(index, operation);
        }
    }
}

/// Compares a declaration with its operation, one topic after the other.
fn compare_pair(pair: &Pair<'_>, findings: &mut Findings) {
    parameters::compare(pair, findings);
    security::compare(pair, findings);
    content::compare(pair, findings);
    pages::compare(pair, findings);
}
