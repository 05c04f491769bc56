//! Things that are created, listed, changed and deleted, in the order in which they were created.

use serde::{Serialize, de::DeserializeOwned};

use super::prelude::*;
use crate::Paging;

/// All things of one kind.
#[derive(Debug)]
pub(super) struct Collection<T> {
    /// What one of them is called.
    what: &'static str,
    /// What names one of them.
    id: fn(&T) -> &str,
    items: Vec<T>,
}

/// The page of a list that is asked for, 100 where no limit is, and how long the list is.
pub(super) fn page<'i, T: Clone + 'i>(
    paging: &Paging,
    all: impl IntoIterator<Item = &'i T>,
) -> Result<(Vec<T>, i64)> {
    page_of(paging.offset, paging.limit.unwrap_or(100), 100, all)
}

/// The same for a list that has another limit at most.
pub(super) fn page_of<'i, T: Clone + 'i>(
    offset: Option<u64>,
    limit: u32,
    most: u32,
    all: impl IntoIterator<Item = &'i T>,
) -> Result<(Vec<T>, i64)> {
    let fits = (1..=most).contains(&limit);
    ensure(fits, format!("`limit` has to be from 1 to {most}"))?;
    let all: Vec<_> = all.into_iter().collect();
    let offset = usize::try_from(offset.unwrap_or(0)).unwrap_or(usize::MAX);
    let page = all.iter().copied().skip(offset).take(limit as usize);
    Ok((page.cloned().collect(), count(all.len())))
}

/// Whether a value is the one that is asked for, if one is.
pub(super) fn is(wanted: Option<&impl AsRef<str>>, value: &str) -> bool {
    wanted.is_none_or(|wanted| wanted.as_ref() == value)
}

/// A number of things, as the API has it.
pub(super) fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

impl<T> Collection<T> {
    pub(super) const fn new(what: &'static str, id: fn(&T) -> &str) -> Self {
        let items = Vec::new();
        Self { what, id, items }
    }

    /// All of them, the oldest first.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    pub(super) fn get(&self, id: &str) -> Result<&T> {
        Ok(&self.items[self.position(id)?])
    }

    /// Refuses names of what is not there. That is a mistake of the request, not of its path.
    pub(super) fn check<'n>(&self, names: impl IntoIterator<Item = &'n String>) -> Result {
        for name in names {
            let message = format!("there is no {} `{name}`", self.what);
            ensure(self.get(name).is_ok(), message)?;
        }
        Ok(())
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Result<&mut T> {
        let position = self.position(id)?;
        Ok(&mut self.items[position])
    }

    /// Adds one, unless there is one of the same name.
    pub(super) fn insert(&mut self, item: T) -> Result<&mut T> {
        let id = (self.id)(&item);
        if self.get(id).is_ok() {
            return Err(conflict(format!("there is a {} `{id}` already", self.what)));
        }
        self.items.push(item);
        let last = self.items.len() - 1;
        Ok(&mut self.items[last])
    }

    /// Puts one in the place of that of the same name, or adds it.
    pub(super) fn put(&mut self, item: T) {
        match self.get_mut((self.id)(&item)) {
            Ok(found) => *found = item,
            Err(_) => self.items.push(item),
        }
    }

    pub(super) fn remove(&mut self, id: &str) -> Result<T> {
        Ok(self.items.remove(self.position(id)?))
    }

    /// Deletes those that the filter takes, and says how many they were.
    pub(super) fn remove_all(&mut self, filter: impl Fn(&T) -> bool) -> i64 {
        let before = self.items.len();
        self.items.retain(|item| !filter(item));
        count(before - self.items.len())
    }

    fn position(&self, id: &str) -> Result<usize> {
        let position = self.items.iter().position(|item| (self.id)(item) == id);
        position.ok_or_else(|| not_found(format!("there is no {} `{id}`", self.what)))
    }
}

/// Puts the members of one object over those of another. Those that the other does not have are left out.
pub(super) fn merge<T: Serialize + DeserializeOwned>(
    item: &mut T,
    changes: &impl Serialize,
) -> Result {
    let mut merged = json!(item);
    for (name, value) in json!(changes).as_object().into_iter().flatten() {
        merged[name] = value.clone();
    }
    let merged = serde_json::from_value(merged);
    *item = merged.map_err(|error| bad_request(error.to_string()))?;
    Ok(())
}
