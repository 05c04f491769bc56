//! What a request struct declares, valid by construction. Plain data that borrows from the `DeriveInput`.

use syn::{DeriveInput, Expr, ExprPath, Ident, LitStr, Member, Path, Type};

use super::{paginate::path::FieldPath, path::Piece};
use crate::words::{Auth, BodyFormat, Location, MemberFormat, Style};

pub(crate) struct Request<'a> {
    pub(crate) input: &'a DeriveInput,
    /// The path of the runtime.
    pub(crate) runtime: Path,
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) doc: String,
    /// The note of `#[deprecated]`, if that is there.
    pub(crate) deprecated: Option<String>,
    /// Values of types of the user's.
    pub(crate) metas: &'a [Expr],
    /// The group that the operation is in.
    pub(crate) group: Option<&'a Type>,
    /// What the operation itself declares.
    pub(crate) auth: Option<&'a AuthValue>,
    pub(crate) idempotency: Idempotency,
    /// Without a response type, any 2xx response is a success.
    pub(crate) response: Option<&'a Response>,
    pub(crate) events: Option<&'a Events>,
    pub(crate) paginate: Option<Paginate<'a>>,
    pub(crate) error: Option<&'a Type>,
    pub(crate) validate: Option<&'a ExprPath>,
    /// Every placeholder in it is the name of a path parameter. Empty where a field is the URL.
    pub(crate) route: Vec<Piece>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) params: Vec<Param<'a>>,
    pub(crate) body: Body<'a>,
}

/// Which of the client's credentials are sent.
pub(crate) enum AuthValue {
    Word(Auth),
    Named(String),
}

/// A header or a query parameter of every call, as it is sent.
pub(crate) struct Constant {
    pub(crate) location: Location,
    pub(crate) name: String,
    /// Only a query parameter may have none.
    pub(crate) value: Option<String>,
}

/// A field of the struct.
#[derive(Clone)]
pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    /// Without `r#`; the index in a tuple struct.
    pub(crate) name: String,
    pub(crate) ty: &'a Type,
    pub(crate) doc: String,
}

/// A field that has a name on the wire: a parameter, or a member of the body.
pub(crate) struct Param<'a> {
    pub(crate) field: Field<'a>,
    pub(crate) kind: ParamKind,
    pub(crate) name: String,
    /// The name as it is written.
    pub(crate) wire: String,
    pub(crate) secret: bool,
    pub(crate) flatten: Flatten,
    pub(crate) notation: Notation,
    pub(crate) serde: SerdeFunctions,
}

/// What a field stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flatten {
    /// Itself.
    No,
    /// Its members, which are parameters or members of the body.
    Members,
    /// The parameters of a group, which say themselves where they go.
    Group,
    /// A group or members: only the type knows.
    Either,
}

/// What the value of a parameter or member is on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// What its location makes of it.
    Plain,
    /// JSON text.
    Json,
    /// The name alone, or nothing.
    Flag,
}

/// The functions of serde's attributes on a field.
#[derive(Default)]
pub(crate) struct SerdeFunctions {
    /// `#[serde(skip_serializing_if = "…")]`
    pub(crate) skip_if: Option<ExprPath>,
    /// `#[serde(serialize_with = "…")]`, or what `with` makes of it.
    pub(crate) with: Option<ExprPath>,
}

pub(crate) enum ParamKind {
    /// Each of its parameters has a kind of its own.
    Group,
    Path {
        explode: bool,
        allow_empty: bool,
        segments: bool,
    },
    /// The whole URL.
    Url,
    Query(ListStyle),
    Header {
        explode: bool,
    },
    Cookie {
        encode: bool,
    },
    Form(ListStyle),
    Json {
        null: bool,
    },
    Part {
        filename: Option<String>,
        content_type: Option<String>,
    },
}

/// How a list, a struct or a map is written.
pub(crate) struct ListStyle {
    pub(crate) style: Style,
    pub(crate) explode: bool,
    /// Something says so. If nothing does, a struct or map is refused when it is sent.
    pub(crate) is_declared: bool,
}

pub(crate) enum Body<'a> {
    None,
    Whole {
        field: Field<'a>,
        format: BodyFormat,
        /// The type of `body(with = …)`.
        with: Option<Box<Type>>,
        /// `None` if the type of `with` says it.
        media_type: Option<String>,
        secret: bool,
        serde: Box<SerdeFunctions>,
    },
    /// All of them are of one kind.
    Members(MemberFormat, Vec<Param<'a>>),
}

pub(crate) enum Response {
    Json(Type),
    Text,
    Bytes,
    Stream,
    Lines(Type),
    Empty,
    With(Type),
}

/// The declaration of `events`.
pub(crate) struct Events {
    pub(crate) item: Type,
    /// The member of the JSON body that asks for events.
    pub(crate) flag: Option<LitStr>,
    /// The data of the event that is the last one.
    pub(crate) done: Option<LitStr>,
    /// The types of the events that are items; those of all, if there are none here.
    pub(crate) only: Vec<LitStr>,
    /// The types of the events that are passed over.
    pub(crate) ignore: Vec<LitStr>,
    /// The word `resume`: a stream that breaks off is asked for again.
    pub(crate) resume: Option<Ident>,
}

impl Events {
    pub(crate) fn of(item: Type) -> Self {
        Self {
            item,
            flag: None,
            done: None,
            only: Vec::new(),
            ignore: Vec::new(),
            resume: None,
        }
    }
}

/// Where a response says what is next.
pub(crate) enum NextSource {
    Field(FieldPath),
    /// `header("x-next-page")`
    Header(LitStr),
}

/// The declaration of `paginate`.
pub(crate) struct Paginate<'a> {
    pub(crate) paging: Paging<'a>,
    /// The field of the response that says whether there are more pages.
    pub(crate) more: Option<&'a FieldPath>,
    /// A 404 beyond the first page is the end.
    pub(crate) missing: bool,
    /// The field of the response that has the items; `None` if the response itself is the list.
    pub(crate) items: Option<&'a FieldPath>,
    /// The declared type of an item, which `items` needs.
    pub(crate) item: Option<&'a Type>,
}

/// The way to the next page.
pub(crate) enum Paging<'a> {
    /// The offset or the number of a page.
    Counted {
        counter: Counter,
        field: PageField<'a>,
        limit: Option<PageField<'a>>,
        /// A page with fewer items than the limit is the last one.
        short: bool,
        /// How many items or pages there are.
        all: Option<&'a FieldPath>,
        /// The header of the response that has the next one.
        header: Option<&'a LitStr>,
    },
    Cursor {
        cursor: PageField<'a>,
        next: &'a NextSource,
    },
    Link,
    NextUrl(&'a FieldPath),
}

/// What is counted from page to page.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Counter {
    Offset,
    Page,
}

/// A field of the request that says which page it asks for.
pub(crate) struct PageField<'a> {
    /// The field as `paginate` names it.
    pub(crate) path: &'a FieldPath,
    /// Its type; of a field inside of another, only rustc knows it.
    pub(crate) ty: Option<&'a Type>,
}

/// Whether the request may be sent twice.
pub(crate) enum Idempotency {
    OfMethod,
    Declared,
    /// By a key in the header with this lower-case name.
    Key(String),
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

impl BodyFormat {
    /// The media type, unless another one is declared; `None` if a type says it.
    pub(crate) fn media_type(self) -> Option<&'static str> {
        Some(match self {
            Self::Json => JSON,
            Self::Form => FORM,
            Self::Text => "text/plain; charset=utf-8",
            Self::Bytes | Self::Stream => "application/octet-stream",
            Self::Lines => "application/x-ndjson",
            Self::With => return None,
        })
    }
}

impl MemberFormat {
    /// The format that a member has a part in.
    pub(crate) fn of(kind: &ParamKind) -> Self {
        match kind {
            ParamKind::Form(_) => Self::Form,
            ParamKind::Part { .. } => Self::Part,
            _ => Self::Json,
        }
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => JSON,
            Self::Form => FORM,
            Self::Part => "multipart/form-data",
        }
    }
}
