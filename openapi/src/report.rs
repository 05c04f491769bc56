//! What was declared, what was guessed, and what was left out and why.

use std::collections::BTreeMap;

use crate::document::Place;

/// What became of the operations of a document.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The names of the operations that are declared.
    pub declared: Vec<String>,
    /// What is not certain.
    pub guessed: Vec<Remark>,
    /// Operations that are not declared.
    pub left_out: Vec<Remark>,
    /// Parts of operations that are not declared.
    pub notes: Vec<Remark>,
}

/// Something about an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The name of the operation.
    pub operation: String,
    /// Where it is.
    pub place: Place,
    /// What is to be said.
    pub text: String,
}

impl Report {
    /// Counts the operations that are left out, by reason.
    #[must_use]
    pub fn reasons(&self) -> BTreeMap<&str, usize> {
        count(&self.left_out)
    }

    /// Counts what is not declared of operations, by what it is.
    #[must_use]
    pub fn omissions(&self) -> BTreeMap<&str, usize> {
        count(&self.notes)
    }
}

fn count(remarks: &[Remark]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for remark in remarks {
        *counts.entry(remark.text.as_str()).or_default() += 1;
    }
    counts
}
