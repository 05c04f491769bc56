//! Syntax of `#[serde(…)]`, as far as serde's keys concern reading. What is wrong in the rest, the other derive reports.

use proc_macro2::TokenTree;
use syn::{Attribute, Data, DeriveInput, Error, ExprPath, LitStr, Result};

use crate::{
    diag::Diag,
    grammar::{Entry, Slot, lists},
    request::serde::{parse_module, parse_path},
};

/// How the fields of a struct are read.
pub(super) struct Reading {
    /// What is missing is taken from the `Default` of the struct.
    pub(super) has_default: bool,
    /// In the order of the fields.
    pub(super) fields: Vec<FieldReading>,
}

/// How a field is read.
#[derive(Default)]
pub(super) struct FieldReading {
    /// What is read if there is no value; `None` is the `Default` of the type.
    pub(super) default: Slot<Option<ExprPath>>,
    /// The function that reads the value.
    pub(super) with: Slot<ExprPath>,
    pub(super) aliases: Vec<LitStr>,
    /// The field is sent and not read.
    pub(super) skip: bool,
}

impl Reading {
    pub(super) fn from_syn(input: &DeriveInput, diag: &mut Diag) -> Self {
        let mut has_default = false;
        visit(&input.attrs, diag, |entry| {
            if entry.key == "default" && !entry.has_equals() {
                has_default = true;
            }
            check_rename(entry, "rename_all")
        });
        let fields = match &input.data {
            Data::Struct(data) => {
                let fields = data.fields.iter();
                let fields = fields.map(|field| FieldReading::from_syn(&field.attrs, diag));
                fields.collect()
            }
            Data::Enum(_) | Data::Union(_) => Vec::new(),
        };
        Self {
            has_default,
            fields,
        }
    }
}

impl FieldReading {
    fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut field = Self::default();
        visit(attrs, diag, |entry| field.entry(entry));
        field
    }

    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        match entry.key.to_string().as_str() {
            "default" if entry.has_equals() => {
                entry.fill(&mut self.default, |entry| parse_path(entry).map(Some))
            }
            "default" => entry.fill(&mut self.default, |_| Ok(None)),
            "deserialize_with" => entry.fill(&mut self.with, parse_path),
            "with" => entry.fill(&mut self.with, |entry| parse_module(entry, "deserialize")),
            "alias" => {
                self.aliases.push(entry.parse_string()?);
                Ok(())
            }
            "skip_deserializing" => {
                self.skip = true;
                Ok(())
            }
            _ => check_rename(entry, "rename"),
        }
    }
}

/// Visits what is written for serde, and skips what is not parsed.
fn visit(
    attrs: &[Attribute],
    diag: &mut Diag,
    mut visit: impl FnMut(&mut Entry<'_>) -> Result<()>,
) {
    lists("serde", attrs, "", diag, |input, diag| {
        let mut entry = Entry::from_syn(input, diag)?;
        visit(&mut entry)?;
        while !input.is_empty() && !input.peek(syn::Token![,]) {
            input.parse::<TokenTree>()?;
        }
        Ok(())
    });
}

/// What is read has the names that are sent.
fn check_rename(entry: &mut Entry<'_>, key: &str) -> Result<()> {
    if entry.key != key || !entry.has_list() {
        return Ok(());
    }
    let (mut names, mut read) = (Vec::new(), None);
    entry.parse_list("", |input, diag| {
        let entry = Entry::from_syn(input, diag)?;
        let name = entry.parse_string()?;
        if entry.key == "deserialize" {
            read = Some(entry.key.clone());
        }
        names.push(name.value());
        Ok(())
    })?;
    match (names.as_slice(), read) {
        ([one, other], Some(_)) if one == other => Ok(()),
        (_, Some(at)) => {
            let message = format!(
                "`FromHttp` reads what is sent, under the name that is sent: write `{key} = \"…\"`, and `alias` for another name to read"
            );
            Err(Error::new_spanned(at, message))
        }
        _ => Ok(()),
    }
}
