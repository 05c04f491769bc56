//! Things that are created, listed, changed and deleted, in the order in which they were created.

use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::json::Object;

/// What names, in messages and in JSON, the things of one kind.
#[derive(Debug)]
pub(super) struct Collection {
    /// What one of them is called.
    what: &'static str,
    /// The member that names one of them.
    id: &'static str,
    items: Vec<Value>,
}

/// Which part of a list is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Paging {
    offset: Option<usize>,
    #[serde(default, deserialize_with = "read_limit")]
    limit: Option<usize>,
}

/// No page holds more than 100.
fn read_limit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    let limit = Option::deserialize(deserializer)?;
    if limit.is_some_and(|limit| !(1..=100).contains(&limit)) {
        return Err(D::Error::custom("`limit` has to be from 1 to 100"));
    }
    Ok(limit)
}

/// The members of an object, or those that change.
pub(super) fn members<const N: usize>(members: [(&str, Value); N]) -> Object {
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

impl Paging {
    pub(super) const fn new(offset: Option<usize>, limit: Option<usize>) -> Self {
        Self { offset, limit }
    }

    /// The page of a list that is asked for, 100 where no limit is.
    pub(super) fn cut(&self, all: impl IntoIterator<Item = impl Serialize>) -> Value {
        let all: Vec<_> = all.into_iter().collect();
        let total = all.len();
        let page = all.iter().skip(self.offset.unwrap_or(0));
        let page: Vec<_> = page.take(self.limit.unwrap_or(100)).collect();
        json!({"data": page, "total_count": total})
    }
}

impl Collection {
    pub(super) const fn new(what: &'static str, id: &'static str) -> Self {
        let items = Vec::new();
        Self { what, id, items }
    }

    /// Those that are there from the start, whose names differ.
    pub(super) const fn filled(what: &'static str, id: &'static str, items: Vec<Value>) -> Self {
        Self { what, id, items }
    }

    /// All of them, the oldest first.
    pub(super) fn all(&self) -> &[Value] {
        &self.items
    }

    /// A page of those that the filter takes.
    pub(super) fn page(&self, paging: &Paging, filter: impl Fn(&Value) -> bool) -> Value {
        paging.cut(self.all().iter().filter(|item| filter(item)))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Value> {
        self.items.iter()
    }

    pub(super) fn get(&self, id: &str) -> Result<&Value, Refusal> {
        let mut items = self.items.iter();
        let found = items.find(|item| item[self.id] == id);
        found.ok_or_else(|| self.missing(id))
    }

    /// Adds one, unless there is one of the same name.
    pub(super) fn insert(&mut self, item: Value) -> Result<&Value, Refusal> {
        let id = &item[self.id];
        if self.items.iter().any(|other| other[self.id] == *id) {
            let message = format!("there is a {} {id} already", self.what);
            return Err(Refusal::conflict(message));
        }
        self.items.push(item);
        Ok(&self.items[self.items.len() - 1])
    }

    /// Puts members over those of an item.
    pub(super) fn update(&mut self, id: &str, changes: Object) -> Result<&Value, Refusal> {
        let missing = self.missing(id);
        let mut items = self.items.iter_mut();
        let item = items.find(|item| item[self.id] == id).ok_or(missing)?;
        for (name, value) in changes {
            item[name] = value;
        }
        Ok(item)
    }

    /// Puts members over those of each item that the filter takes.
    pub(super) fn update_all(&mut self, changes: &Object, filter: impl Fn(&Value) -> bool) {
        for item in self.items.iter_mut().filter(|item| filter(item)) {
            for (name, value) in changes {
                item[name] = value.clone();
            }
        }
    }

    pub(super) fn remove(&mut self, id: &str) -> Result<Value, Refusal> {
        let mut items = self.items.iter();
        let index = items.position(|item| item[self.id] == id);
        let index = index.ok_or_else(|| self.missing(id))?;
        Ok(self.items.remove(index))
    }

    /// Deletes those that the filter takes, and says how many they were.
    pub(super) fn remove_all(&mut self, filter: impl Fn(&Value) -> bool) -> usize {
        let before = self.items.len();
        self.items.retain(|item| !filter(item));
        before - self.items.len()
    }

    fn missing(&self, id: &str) -> Refusal {
        Refusal::not_found(format!("there is no {} `{id}`", self.what))
    }
}
