//! The styles `deep`, `brackets` and `dots`, whose names have keys in them: `name[key][0]`, `name.key`.
//!
//! Invariant: the tree has as many nodes as there are keys in the names, and its depth is bounded.

use std::collections::BTreeMap;

use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};

use super::{
    access::{Absent, Items, key, tuples_are_lists},
    fault::Fault,
    pairs::Pairs,
    rules::Rules,
    scalar::{Scalar, forward_scalars},
    texts::{Chunks, Texts},
};
use crate::{nullable::NULLABLE, operation::Style};

type Result<T> = std::result::Result<T, Fault>;

/// How many keys a name may have: more are nested deeper than a stack should be.
const MAX_DEPTH: usize = 64;

/// What is in a name, or in the keys behind it.
#[derive(Debug, Default)]
struct Node<'d> {
    /// The values without more keys.
    texts: Chunks<'d>,
    /// Those with more, in order.
    children: Vec<(&'d str, Node<'d>)>,
    index: BTreeMap<&'d str, usize>,
}

/// All values of one name.
#[derive(Debug)]
pub(super) struct Tree<'d> {
    root: Node<'d>,
    rules: Rules,
}

/// The keys in a name, if it is one of the parameter.
pub(super) fn keys<'n>(name: &'n str, of: &str, style: Style) -> Option<&'n str> {
    let keys = name.strip_prefix(of)?;
    let is_key = match style {
        Style::Dots => keys.starts_with('.'),
        _ => keys.starts_with('[') && keys.ends_with(']'),
    };
    (keys.is_empty() || is_key).then_some(keys)
}

/// Whether there are pairs of the name.
pub(super) fn is_in(pairs: &Pairs<'_>, name: &str, style: Style) -> bool {
    let mut pairs = pairs.all().iter();
    pairs.any(|pair| keys(&pair.name, name, style).is_some())
}

/// Sorts the pairs of the name by their keys.
pub(super) fn grow<'d>(pairs: &'d Pairs<'d>, name: &str, rules: Rules) -> Result<Tree<'d>> {
    let mut root = Node::default();
    for pair in pairs.all() {
        let Some(keys) = keys(&pair.name, name, rules.style) else {
            continue;
        };
        pair.taken.set(true);
        let mut node = &mut root;
        let inner = match rules.style {
            Style::Dots => keys.strip_prefix('.'),
            _ => keys
                .strip_prefix('[')
                .and_then(|keys| keys.strip_suffix(']')),
        };
        let between = match rules.style {
            Style::Dots => ".",
            _ => "][",
        };
        for (depth, key) in inner
            .into_iter()
            .flat_map(|it| it.split(between))
            .enumerate()
        {
            if depth == MAX_DEPTH {
                return Err(Fault::new("is nested too deeply"));
            }
            node = node.child(key);
        }
        node.texts.push(pair.value());
    }
    Ok(Tree { root, rules })
}

impl<'d> Node<'d> {
    fn child(&mut self, key: &'d str) -> &mut Self {
        let next = self.children.len();
        let at = *self.index.entry(key).or_insert(next);
        if at == next {
            self.children.push((key, Self::default()));
        }
        &mut self.children[at].1
    }
}

impl<'d> Tree<'d> {
    pub(super) fn is_empty(&self) -> bool {
        self.root.texts.is_empty() && self.root.children.is_empty()
    }

    fn at(&self) -> At<'_, 'd> {
        At {
            node: &self.root,
            rules: self.rules,
        }
    }

    pub(super) fn deserialize_any<V: Visitor<'d>>(&self, visitor: V) -> Result<V::Value> {
        self.at().deserialize_any(visitor)
    }

    pub(super) fn deserialize_seq<V: Visitor<'d>>(&self, visitor: V) -> Result<V::Value> {
        self.at().deserialize_seq(visitor)
    }

    pub(super) fn deserialize_map<V: Visitor<'d>>(&self, visitor: V) -> Result<V::Value> {
        self.at().deserialize_map(visitor)
    }
}

/// The deserializer of a node.
#[derive(Debug, Clone, Copy)]
struct At<'n, 'd> {
    node: &'n Node<'d>,
    rules: Rules,
}

impl<'n, 'd> At<'n, 'd> {
    fn scalar(self) -> Result<Scalar<'d>> {
        if !self.node.children.is_empty() {
            return Err(Fault::new("has keys, but is declared to be a single value"));
        }
        let text = Texts::Chosen(self.node.texts.clone()).one()?;
        self.rules
            .read(text.ok_or_else(Fault::missing)?)
            .map(Scalar)
    }

    /// The items, of which each has a number for a key, in the order of the numbers.
    fn numbered(self) -> Result<Vec<&'n Node<'d>>> {
        let mut items = Vec::with_capacity(self.node.children.len());
        for (key, node) in &self.node.children {
            let is_number = key.bytes().all(|byte| byte.is_ascii_digit());
            let number: Option<u32> = key.parse().ok().filter(|_| is_number);
            let number =
                number.ok_or_else(|| Fault::new("has a list with a key that is not an index"))?;
            items.push((number, node));
        }
        items.sort_by_key(|(number, _)| *number);
        if items.windows(2).any(|two| two[0].0 == two[1].0) {
            return Err(Fault::several());
        }
        Ok(items.into_iter().map(|(_, node)| node).collect())
    }
}

impl<'de> Deserializer<'de> for At<'_, 'de> {
    type Error = Fault;

    forward_scalars! {}

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.node.children.is_empty() {
            self.scalar()?.deserialize_any(visitor)
        } else if self.node.index.contains_key("") {
            self.deserialize_seq(visitor)
        } else {
            self.deserialize_map(visitor)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            NULLABLE if self.node.texts.is_empty() && self.node.children.is_empty() => {
                visitor.visit_enum(Absent)
            }
            NULLABLE => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if !self.node.texts.is_empty() {
            return Err(Fault::new("is a single value, but a list is declared"));
        }
        match self.node.children.as_slice() {
            [("", items)] if items.children.is_empty() => {
                visitor.visit_seq(Items::new(items.texts.clone(), self.rules))
            }
            _ => visitor.visit_seq(Nodes {
                nodes: self.numbered()?.into_iter(),
                rules: self.rules,
            }),
        }
    }

    tuples_are_lists!('de);

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if !self.node.texts.is_empty() {
            return Err(Fault::new(
                "is a single value, but a struct or map is declared",
            ));
        }
        visitor.visit_map(Entries {
            rest: self.node.children.iter(),
            rules: self.rules,
            value: None,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }
}

/// The items of a list that are nodes.
struct Nodes<'n, 'd> {
    nodes: std::vec::IntoIter<&'n Node<'d>>,
    rules: Rules,
}

impl<'de> SeqAccess<'de> for Nodes<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(node) = self.nodes.next() else {
            return Ok(None);
        };
        let rules = self.rules;
        seed.deserialize(At { node, rules }).map(Some)
    }
}

/// The members of a struct or map that are nodes.
struct Entries<'n, 'd> {
    rest: std::slice::Iter<'n, (&'d str, Node<'d>)>,
    rules: Rules,
    value: Option<&'n Node<'d>>,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some((name, node)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(node);
        seed.deserialize(key(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        let node = self.value.take().ok_or_else(Fault::missing)?;
        let rules = self.rules;
        seed.deserialize(At { node, rules })
    }
}
