//! Writes declarations into a folder, beside what a person made of earlier ones.

mod items;
mod lock;
mod merge;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use thiserror::Error;

use crate::{File, Selection};
use items::Present;
use lock::Lock;
use merge::Merge;

/// The name of the lock file.
const LOCK: &str = "api-request.lock";

/// A folder of declarations.
#[derive(Debug, Clone)]
pub struct Output {
    folder: PathBuf,
}

/// Why declarations cannot be written.
#[derive(Debug, Error)]
pub enum OutputError {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A file is there already.
    #[error("{}: the file is there already: write `--update` to update what is not edited, or choose another folder", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file is not what it should be.
    #[error("{}: {message}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

/// What an update did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Items that are new.
    pub added: Vec<String>,
    /// Items that are written anew.
    pub updated: Vec<String>,
    /// Items that the document does not have anymore.
    pub removed: Vec<String>,
    /// Items that the document changed, left alone because they were edited.
    pub edited: Vec<String>,
}

impl Output {
    /// Returns the folder of that path.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Returns the name of the root: `lib.rs` in a folder `src`, `mod.rs` elsewhere.
    #[must_use]
    pub fn root(&self) -> &'static str {
        if self.folder.file_name().is_some_and(|name| name == "src") {
            "lib.rs"
        } else {
            "mod.rs"
        }
    }

    /// Returns what was selected when the declarations were written.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no lock file, or if it cannot be read.
    pub fn selection(&self) -> Result<Selection, OutputError> {
        Ok(self.lock()?.selection)
    }

    /// Writes declarations where there are none.
    ///
    /// # Errors
    ///
    /// Returns an error if one of the files is there, or if it cannot be written.
    pub fn create(
        &self,
        files: &BTreeMap<String, File>,
        selection: &Selection,
    ) -> Result<(), OutputError> {
        for name in files.keys().map(String::as_str).chain([LOCK]) {
            let path = self.folder.join(name);
            let is_template =
                name == "lib.rs" && fs::read_to_string(&path).is_ok_and(|text| is_template(&text));
            if path.exists() && !is_template {
                return Err(OutputError::Exists { path });
            }
        }
        fs::create_dir_all(&self.folder).map_err(|source| OutputError::File {
            path: self.folder.clone(),
            source,
        })?;
        for (name, file) in files {
            self.write(name, &file.text())?;
        }
        self.write(LOCK, &merge::locked(files, selection).text())
    }

    /// Returns the names of items that are not what the document says: `keys.rs: ListKeys`.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no lock file, or if it cannot be read.
    pub fn out_of_date(&self, files: &BTreeMap<String, File>) -> Result<Vec<String>, OutputError> {
        let old = self.lock()?;
        let new = merge::locked(files, &old.selection);
        let facts = |lock: &Lock, key: &lock::Key| lock.items.get(key).map(|it| it.facts.clone());
        let keys: BTreeSet<_> = old.items.keys().chain(new.items.keys()).collect();
        let changed = keys
            .into_iter()
            .filter(|(_, item)| item != merge::HEAD)
            .filter(|key| facts(&old, key) != facts(&new, key));
        Ok(changed
            .map(|(file, item)| format!("{file}: {item}"))
            .collect())
    }

    /// Writes what the document changed, and leaves alone what was edited.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no lock file, or if a file cannot be read, is not Rust, or cannot be written.
    pub fn update(
        &self,
        files: &BTreeMap<String, File>,
        selection: &Selection,
    ) -> Result<Changes, OutputError> {
        let old = self.lock()?;
        let mut new = Lock {
            selection: selection.clone(),
            ..Lock::default()
        };
        let mut changes = Changes::default();
        let in_lock = old.items.keys().map(|(file, _)| file);
        let names: BTreeSet<&String> = in_lock.chain(files.keys()).collect();
        // All is read before anything is written.
        let mut texts = Vec::new();
        for name in names {
            let present = self.present(name)?;
            let before = present.as_ref().map(Present::text);
            let merge = Merge {
                name,
                old: &old,
                new: &mut new,
                changes: &mut changes,
                is_touched: false,
            };
            let merged = merge.file(files.get(name), present.unwrap_or_default());
            let text = merged.text();
            if before.as_ref() != Some(&text) {
                texts.push((name.clone(), text, merged.items.is_empty()));
            }
        }
        for (name, text, is_empty) in texts {
            let path = self.folder.join(&name);
            if !is_empty {
                self.write(&name, &text)?;
            } else if path.exists() {
                fs::remove_file(&path).map_err(|source| OutputError::File { path, source })?;
            }
        }
        if old != new {
            self.write(LOCK, &new.text())?;
        }
        Ok(changes)
    }

    fn lock(&self) -> Result<Lock, OutputError> {
        let path = self.folder.join(LOCK);
        let text = fs::read_to_string(&path).map_err(|source| OutputError::File {
            path: path.clone(),
            source,
        })?;
        Lock::parse(&text).map_err(|message| OutputError::Invalid { path, message })
    }

    fn present(&self, name: &str) -> Result<Option<Present>, OutputError> {
        let path = self.folder.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Present::parse(&text)
                .map(Some)
                .map_err(|message| OutputError::Invalid { path, message }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(OutputError::File { path, source }),
        }
    }

    fn write(&self, name: &str, text: &str) -> Result<(), OutputError> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|source| OutputError::File { path, source })
    }
}

/// Whether a `lib.rs` is the one that `cargo new` writes.
fn is_template(text: &str) -> bool {
    text.trim().is_empty()
        || text.starts_with("pub fn add(left: u64, right: u64) -> u64 {\n    left + right\n}\n")
}
