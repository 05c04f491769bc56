//! Where the texts of one value are: what is written, not decoded.

use super::{
    fault::Fault,
    pairs::{Pair, Pairs},
};
use http::HeaderMap;

type Result<T> = std::result::Result<T, Fault>;

/// The texts of one value.
#[derive(Debug, Clone)]
pub(super) enum Texts<'d> {
    /// One, if there is any.
    One(Option<&'d str>),
    /// Those of the pairs of this name.
    Pairs(&'d Pairs<'d>, &'d str),
    /// Those of pairs that are chosen already.
    Chosen(Chunks<'d>),
    /// The field lines of this name.
    Header(&'d HeaderMap, &'d str),
}

/// Some texts.
pub(super) type Chunks<'d> = Vec<&'d str>;

impl<'d> Texts<'d> {
    /// Whether there is any.
    pub(super) fn is_empty(&self) -> bool {
        match *self {
            Self::One(text) => text.is_none(),
            Self::Pairs(pairs, name) => pairs.of(name).next().is_none(),
            Self::Chosen(ref texts) => texts.is_empty(),
            Self::Header(map, name) => !map.contains_key(name),
        }
    }

    /// The one that there is, if there is any.
    pub(super) fn one(&self) -> Result<Option<&'d str>> {
        match *self {
            Self::One(text) => Ok(text),
            Self::Pairs(pairs, name) => Ok(pairs.one(name)?.map(Pair::value)),
            Self::Chosen(ref texts) => match **texts {
                [] => Ok(None),
                [text] => Ok(Some(text)),
                _ => Err(Fault::several()),
            },
            Self::Header(map, name) => {
                let mut lines = map.get_all(name).iter();
                let Some(line) = lines.next() else {
                    return Ok(None);
                };
                if lines.next().is_some() {
                    return Err(Fault::several());
                }
                text(line.as_bytes()).map(Some)
            }
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> Result<Chunks<'d>> {
        match *self {
            Self::One(text) => Ok(text.into_iter().collect()),
            Self::Pairs(pairs, name) => {
                let pairs = pairs.of(name).inspect(|pair| pair.taken.set(true));
                Ok(pairs.map(Pair::value).collect())
            }
            Self::Chosen(ref texts) => Ok(texts.clone()),
            Self::Header(map, name) => {
                let lines = map.get_all(name).iter();
                lines.map(|line| text(line.as_bytes())).collect()
            }
        }
    }
}

/// The value of a header, which is text.
pub(super) fn text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| Fault::new("is not UTF-8"))
}
