//! Names that are told apart: a set of thousands in one buffer, without an allocation for each.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Names, each with the field that brought it.
///
/// Names that come in order, as those of a `BTreeMap` do, need nothing but the last one. Others are found by their hash.
/// Other people may choose them, so it is the keyed hash of the standard library: nobody knows which names collide.
#[derive(Debug, Default)]
pub(super) struct NameSet {
    /// All names, one after the other, and the next.
    text: Vec<u8>,
    /// Where the next name starts.
    next: usize,
    names: Vec<Name>,
    /// The number of each name, counted from 1, in the first slot that is free from that of its hash on; 0 is free. There
    /// are none while the names are in order, and at least twice as many as names then.
    slots: Vec<usize>,
    key: RandomState,
}

#[derive(Debug)]
struct Name {
    start: usize,
    end: usize,
    /// It is known once there are slots.
    hash: u64,
    field: &'static str,
}

impl NameSet {
    /// Where the next name is to be written, at the end.
    pub(super) fn next(&mut self) -> &mut Vec<u8> {
        &mut self.text
    }

    /// The name that was written last, if it is not taken yet.
    pub(super) fn written(&self) -> &[u8] {
        &self.text[self.next..]
    }

    /// Takes the name that was written last, and returns its index. Fails with the index of the one that it repeats,
    /// unless the field is the same and `repeats` its names.
    pub(super) fn take(&mut self, field: &'static str, repeats: bool) -> Result<usize, usize> {
        let mut hash = 0;
        if !self.is_in_order() {
            if self.slots.len() < (self.names.len() + 1) * 2 {
                self.grow();
            }
            hash = self.hash(self.written());
            match self.find(hash, self.written()) {
                Ok(index) => {
                    self.text.truncate(self.next);
                    let may = repeats && self.field(index) == field;
                    return if may { Ok(index) } else { Err(index) };
                }
                Err(free) => self.slots[free] = self.names.len() + 1,
            }
        }
        let (start, end) = (self.next, self.text.len());
        self.next = end;
        self.names.push(Name {
            start,
            end,
            hash,
            field,
        });
        Ok(self.names.len() - 1)
    }

    /// The same about a name that is written nowhere yet.
    pub(super) fn add(&mut self, name: &str, field: &'static str) -> Result<usize, usize> {
        self.text.extend_from_slice(name.as_bytes());
        self.take(field, false)
    }

    pub(super) fn get(&self, index: usize) -> &[u8] {
        let name = &self.names[index];
        &self.text[name.start..name.end]
    }

    /// The field that brought a name.
    pub(super) fn field(&self, index: usize) -> &'static str {
        self.names[index].field
    }

    /// Whether all names are in order, with the one that was written last.
    fn is_in_order(&self) -> bool {
        let last = self.names.last();
        self.slots.is_empty()
            && last.is_none_or(|last| self.text[last.start..last.end] < *self.written())
    }

    fn hash(&self, name: &[u8]) -> u64 {
        let mut hasher = self.key.build_hasher();
        hasher.write(name);
        hasher.finish()
    }

    /// Returns the index of a name, or the slot where it would be.
    fn find(&self, hash: u64, name: &[u8]) -> Result<usize, usize> {
        // A power of two.
        let last = self.slots.len() - 1;
        let low = usize::try_from(hash & u64::from(u32::MAX)).unwrap_or_default();
        let mut slot = low & last;
        while let Some(index) = self.slots[slot].checked_sub(1) {
            if self.names[index].hash == hash && self.get(index) == name {
                return Ok(index);
            }
            slot = (slot + 1) & last;
        }
        Err(slot)
    }

    /// Makes slots for more names.
    fn grow(&mut self) {
        let is_first = self.slots.is_empty();
        let count = (self.names.len() * 4).next_power_of_two().max(16);
        self.slots = vec![0; count];
        for index in 0..self.names.len() {
            if is_first {
                self.names[index].hash = self.hash(self.get(index));
            }
            let name = &self.names[index];
            if let Err(free) = self.find(name.hash, self.get(index)) {
                self.slots[free] = index + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NameSet;

    #[test]
    fn names_are_told_apart_in_any_order() {
        let mut names = NameSet::default();
        // In order up to the empty one.
        for n in (1..100).chain([0]).chain(100..200) {
            assert!(names.add(&"ab".repeat(n), "x").is_ok(), "{n}");
        }
        for n in 0..200 {
            let name = "ab".repeat(n);
            let first = names.add(&name, "y").unwrap_err();
            assert_eq!(names.get(first), name.as_bytes());
        }
        let mut in_order = NameSet::default();
        let taken = ["", "a", "b", "b"].map(|name| in_order.add(name, "x").is_ok());
        assert_eq!(taken, [true, true, true, false]);
    }

    #[test]
    fn a_field_that_repeats_its_names_gets_the_first() {
        let mut names = NameSet::default();
        let mut take = |name: &str, field| {
            names.next().extend_from_slice(name.as_bytes());
            let taken = names.take(field, true);
            taken.map_err(|first| names.field(first))
        };
        assert_eq!(take("a", "x"), Ok(0));
        assert_eq!(take("bc", "x"), Ok(1));
        assert_eq!(take("a", "x"), Ok(0));
        assert_eq!(take("a", "y"), Err("x"));
        assert_eq!(take("bc", "x"), Ok(1));
    }
}
