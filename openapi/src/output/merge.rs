//! A file of declarations with what the document changed.

use std::collections::BTreeMap;

use super::{
    Changes,
    items::Present,
    lock::{Entry, Lock, hash},
};
use crate::{File, Item, Selection};

/// The name of what is before the items, in the lock.
pub(super) const HEAD: &str = "(head)";

/// The lock of declarations that are all as they are generated.
pub(super) fn locked(files: &BTreeMap<String, File>, selection: &Selection) -> Lock {
    let mut lock = Lock {
        selection: selection.clone(),
        ..Lock::default()
    };
    for (name, file) in files {
        let texts = file.items.values().map(|item| item.text.as_str());
        let head = Entry::new(file.head.docs(), &file.head.with_imports(texts));
        lock.items.insert((name.clone(), HEAD.to_owned()), head);
        for (item, Item { text, facts }) in &file.items {
            let entry = Entry::new(facts, text);
            lock.items.insert((name.clone(), item.clone()), entry);
        }
    }
    lock
}

/// Merges one file.
pub(super) struct Merge<'a> {
    pub(super) name: &'a str,
    pub(super) old: &'a Lock,
    pub(super) new: &'a mut Lock,
    pub(super) changes: &'a mut Changes,
    /// Whether an item was written or removed.
    pub(super) is_touched: bool,
}

impl Merge<'_> {
    /// Returns the file that was there, with what the document changed since.
    pub(super) fn file(mut self, generated: Option<&File>, mut present: Present) -> Present {
        self.remove(generated, &mut present);
        let Some(generated) = generated else {
            return present;
        };
        for (name, item) in &generated.items {
            self.item(name, item, &mut present);
        }
        self.head(generated, &mut present);
        present
    }

    fn old(&self, item: &str) -> Option<&Entry> {
        self.old.items.get(&(self.name.to_owned(), item.to_owned()))
    }

    fn lock(&mut self, item: &str, entry: Entry) {
        self.new
            .items
            .insert((self.name.to_owned(), item.to_owned()), entry);
    }

    fn is_edited(&self, item: &str, text: &str) -> bool {
        self.old(item).is_none_or(|entry| entry.text != hash(text))
    }

    fn named(&self, item: &str) -> String {
        format!("{}: {item}", self.name)
    }

    /// Removes what the document does not have anymore.
    fn remove(&mut self, generated: Option<&File>, present: &mut Present) {
        let is_there = |item: &str| generated.is_some_and(|file| file.items.contains_key(item));
        let gone: Vec<String> = present
            .items
            .keys()
            .filter(|item| self.old(item).is_some() && !is_there(item))
            .cloned()
            .collect();
        for item in gone {
            if self.is_edited(&item, &present.items[&item]) {
                self.changes.edited.push(self.named(&item));
            } else {
                present.items.shift_remove(&item);
                self.changes.removed.push(self.named(&item));
                self.is_touched = true;
            }
        }
    }

    /// Writes an item, unless the document says what it said, or a person edited it.
    fn item(&mut self, name: &str, Item { text, facts }: &Item, present: &mut Present) {
        let entry = Entry::new(facts, text);
        let old = self.old(name).cloned();
        if let Some(old) = old.as_ref().filter(|old| old.facts == entry.facts) {
            self.lock(name, old.clone());
            return;
        }
        self.lock(name, entry);
        let is_edited = |current: &str| self.is_edited(name, current);
        match present.items.get_mut(name) {
            Some(current) if hash(current) == hash(text) => {}
            Some(current) if !is_edited(current) => {
                current.clone_from(text);
                self.changes.updated.push(self.named(name));
                self.is_touched = true;
            }
            Some(_) => self.changes.edited.push(self.named(name)),
            // A person removed it.
            None if old.is_some() => self.changes.edited.push(self.named(name)),
            None => {
                present.items.insert(name.to_owned(), text.clone());
                self.changes.added.push(self.named(name));
                self.is_touched = true;
            }
        }
    }

    /// Writes what is before the items: the imports are those of the items that are there now.
    fn head(&mut self, generated: &File, present: &mut Present) {
        let old = self.old(HEAD).cloned();
        let text = generated
            .head
            .with_imports(present.items.values().map(String::as_str));
        let entry = Entry::new(generated.head.docs(), &text);
        let is_same = |old: &Entry| old.facts == entry.facts && !self.is_touched;
        if let Some(old) = old.as_ref().filter(|old| is_same(old)) {
            self.lock(HEAD, old.clone());
            return;
        }
        let is_new = old.is_none_or(|old| old.text != entry.text);
        if present.head.is_empty() || !self.is_edited(HEAD, &present.head) {
            present.head = text;
        } else if is_new {
            self.changes.edited.push(self.named("its imports"));
        }
        self.lock(HEAD, entry);
    }
}
