//! Which statuses are a value of the response type, and how the body of each is read: data, so that nothing that reads
//! responses depends on the type.

use http::{HeaderMap, StatusCode};

use super::received::Read;

/// A status, or several, that are a value of a response type.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
)]
pub struct Claim {
    first: u16,
    last: u16,
    reading: Reading,
    /// The headers, in lower case, that are secret if the other half is `true`: the derive does not know what a type is.
    secret: &'static [(&'static str, bool)],
}

#[derive(Debug, Clone, Copy)]
enum Reading {
    As(Read),
    /// As the type with these claims reads the status.
    Like(&'static [Claim]),
}

/// What a response type says of a status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claimed {
    pub(crate) read: Read,
    /// The status is named, alone or with its class.
    #[cfg(feature = "client")]
    pub(crate) is_named: bool,
}

impl Claim {
    /// Any 2xx, whose body is JSON.
    pub const SUCCESS: Self = Self::success(Read::Buffered);

    /// Any 2xx.
    pub(crate) const fn success(read: Read) -> Self {
        Self::statuses(200, 299, read)
    }

    /// The statuses from `first` to `last`.
    #[must_use]
    pub const fn statuses(first: u16, last: u16, read: Read) -> Self {
        Self::new(first, last, Reading::As(read))
    }

    /// Every status that no other claim has.
    #[must_use]
    pub const fn rest(read: Read) -> Self {
        Self::statuses(0, u16::MAX, read)
    }

    /// The statuses from `first` to `last`, read as a type with these claims reads them.
    pub(super) const fn like(first: u16, last: u16, claims: &'static [Self]) -> Self {
        Self::new(first, last, Reading::Like(claims))
    }

    /// The rest, read as a type with these claims reads it.
    pub(super) const fn rest_like(claims: &'static [Self]) -> Self {
        Self::like(0, u16::MAX, claims)
    }

    const fn new(first: u16, last: u16, reading: Reading) -> Self {
        Self {
            first,
            last,
            reading,
            secret: &[],
        }
    }

    /// The same, with headers that are secret.
    #[must_use]
    pub const fn secret(self, headers: &'static [(&'static str, bool)]) -> Self {
        Self {
            secret: headers,
            ..self
        }
    }

    /// How precisely it names the status, from 1: alone, with others, or as the rest.
    fn rank(&self, status: u16) -> Option<u8> {
        match (self.first, self.last) {
            (first, last) if status < first || last < status => None,
            (first, last) if first == last => Some(1),
            (1.., _) => Some(2),
            (0, _) => Some(3),
        }
    }

    /// The first and the last status that it names; `None` of the rest.
    #[cfg(feature = "server")]
    pub(super) fn range(&self) -> Option<(u16, u16)> {
        (self.first > 0).then_some((self.first, self.last))
    }

    fn read(&self, status: StatusCode) -> Read {
        match self.reading {
            Reading::As(read) => read,
            // A type may be read under a status that it does not claim itself.
            Reading::Like(claims) => {
                let claim = find(claims, status).or_else(|| claims.first());
                claim.map_or(Read::Buffered, |claim| claim.read(status))
            }
        }
    }

    fn mark(&self, status: StatusCode, headers: &mut HeaderMap) {
        for (secret, is_secret) in self.secret {
            let values = headers.iter_mut().filter(|(name, _)| name == secret);
            values.for_each(|(_, value)| value.set_sensitive(*is_secret || value.is_sensitive()));
        }
        if let Reading::Like(claims) = self.reading {
            mark(claims, status, headers);
        }
    }
}

/// What a stream of events is read from.
#[cfg(feature = "events")]
pub(crate) const EVENTS: &[Claim] = &[Claim::success(Read::Events)];

/// The index of the claim that has the status; `usize::MAX` if there is none.
pub(super) fn index(claims: &[Claim], status: StatusCode) -> usize {
    let status = status.as_u16();
    let ranks = claims.iter().enumerate();
    let ranks = ranks.filter_map(|(at, claim)| Some((claim.rank(status)?, at)));
    ranks.min().map_or(usize::MAX, |(_, at)| at)
}

fn find(claims: &[Claim], status: StatusCode) -> Option<&Claim> {
    claims.get(index(claims, status))
}

/// What the claims say of a status, if one has it.
pub(super) fn claimed(claims: &[Claim], status: StatusCode) -> Option<Claimed> {
    let claim = find(claims, status)?;
    Some(Claimed {
        read: claim.read(status),
        #[cfg(feature = "client")]
        is_named: claim.first > 0,
    })
}

/// Marks the secret headers of a response as sensitive. Those of a status without a claim are those of any.
pub(super) fn mark(claims: &[Claim], status: StatusCode, headers: &mut HeaderMap) {
    match find(claims, status) {
        Some(claim) => claim.mark(status, headers),
        None => claims.iter().for_each(|claim| claim.mark(status, headers)),
    }
}
