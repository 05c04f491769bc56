//! The words of the attributes of a response, as `words` has those of all others.

use crate::words::{BodyFormat, words};

words! {
    /// The keys of a response: of the struct, of the enum, or of a variant.
    ResponseKey {
        Status = "status", Other = "other", Fields = "fields", RenameAll = "rename_all", Crate = "crate",
    }

    /// The keys of a field of a response: what of the response it holds.
    ResponseLocation { Header = "header", Status = "status", Body = "body", Json = "json", Skip = "skip", }

    /// The options of a field of a response.
    ResponseOption { Name = "name", Flatten = "flatten", Json = "json", Secret = "secret", }
}

/// What the keys of a response are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseItem {
    Struct,
    Enum,
    Variant,
}

impl ResponseItem {
    /// The item, as in "on the enum".
    pub(crate) fn on(self) -> &'static str {
        match self {
            Self::Struct => "on the struct",
            Self::Enum => "on the enum",
            Self::Variant => "on a variant",
        }
    }

    pub(crate) fn keys(self) -> impl Iterator<Item = &'static str> + Clone {
        let keys = ResponseKey::ALL.iter();
        let keys = keys.filter(move |(_, key)| key.is_of(self));
        keys.map(|(word, _)| *word)
    }
}

impl ResponseKey {
    pub(crate) fn is_of(self, item: ResponseItem) -> bool {
        match self {
            Self::Status | Self::Other => item != ResponseItem::Enum,
            Self::Fields | Self::RenameAll => true,
            Self::Crate => item != ResponseItem::Variant,
        }
    }
}

impl ResponseLocation {
    /// What `fields = …` may be.
    pub(crate) const DEFAULTS: &[(&str, Self)] = &[("json", Self::Json), ("header", Self::Header)];
}

impl ResponseOption {
    /// The locations that have the option.
    pub(crate) fn locations(self) -> &'static [ResponseLocation] {
        use ResponseLocation::{Header, Json};
        match self {
            Self::Name => &[Header, Json],
            Self::Flatten | Self::Json | Self::Secret => &[Header],
        }
    }
}

/// The formats of the body of a response.
pub(crate) const BODIES: &[(&str, BodyFormat)] = &[
    ("json", BodyFormat::Json),
    ("text", BodyFormat::Text),
    ("bytes", BodyFormat::Bytes),
    ("stream", BodyFormat::Stream),
    ("lines", BodyFormat::Lines),
    ("with", BodyFormat::With),
];
