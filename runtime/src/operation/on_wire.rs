//! How parameters are written, in the terms of `OpenAPI`. Read by other tools alone: encoding reads the facts themselves.

use super::{
    Constant, ConstantParam, Group, Location, Notation, Operation, Param, ParamKind, Style,
};

impl Operation {
    /// Returns the headers and query parameters that are sent with a constant value, those of the group too.
    ///
    /// ```
    /// use api_request::{ApiRequest, Location};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/models", header("X-Version" = "2"), query("beta" = "a b"), query("acl"))]
    /// struct ListModels;
    ///
    /// let constants = ListModels::OPERATION.constants();
    /// let constants: Vec<_> = constants.map(|it| (it.location, it.name, it.value)).collect();
    /// assert!(constants.contains(&(Location::Header, "x-version", Some("2"))));
    /// assert!(constants.contains(&(Location::Query, "beta", Some("a%20b"))));
    /// assert!(constants.contains(&(Location::Query, "acl", None)));
    /// ```
    pub fn constants(&self) -> impl Iterator<Item = ConstantParam> + use<> {
        let of_group = self.group.unwrap_or(Group::NONE).constants;
        let constants = self.constants.iter().chain(of_group);
        constants.map(|constant| match *constant {
            Constant::Query { name, value } => ConstantParam {
                location: Location::Query,
                name,
                value: Some(value),
            },
            Constant::Name(name) => ConstantParam {
                location: Location::Query,
                name,
                value: None,
            },
            Constant::Header { name, value } => ConstantParam {
                location: Location::Header,
                name,
                value: Some(value),
            },
        })
    }
}

impl Param {
    /// Returns the style of a list, struct or map: `simple`, `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`, as
    /// [`OpenAPI`](https://spec.openapis.org/oas/v3.1.1.html#style-values) calls them, or `brackets` or `dots`, which it does
    /// not have. `None` where the location has no styles: a member of a JSON body, a part, a URL, and JSON text.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/search/{id}", fields = query)]
    /// struct Search {
    ///     id: u64,
    ///     tags: Vec<String>,
    ///     #[api(style = pipe)]
    ///     sort: Vec<String>,
    ///     #[api(query(json))]
    ///     filter: Vec<String>,
    /// }
    ///
    /// let styles: Vec<_> = Search::OPERATION.params().map(|it| it.style()).collect();
    /// assert_eq!(styles, [Some("simple"), Some("form"), Some("pipeDelimited"), None]);
    /// ```
    #[must_use]
    pub const fn style(&self) -> Option<&'static str> {
        if matches!(self.notation, Notation::Json) {
            return None;
        }
        match self.kind {
            ParamKind::Path { .. } | ParamKind::Header { .. } => Some("simple"),
            ParamKind::Cookie { .. } => Some("form"),
            ParamKind::Query { style, .. } | ParamKind::Form { style, .. } => {
                Some(style.in_openapi())
            }
            ParamKind::Group(_)
            | ParamKind::Url
            | ParamKind::Json { .. }
            | ParamKind::Part { .. } => None,
        }
    }

    /// Returns whether each item of a list, and each member of a struct or map, is written with its name
    /// ([`OpenAPI`](https://spec.openapis.org/oas/v3.1.1.html#style-examples) has the table): by default in a query and a
    /// form, and not in a path and a header.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/search", fields = query)]
    /// struct Search {
    ///     tags: Vec<String>,
    ///     #[api(explode = false)]
    ///     sort: Vec<String>,
    /// }
    ///
    /// let explode: Vec<_> = Search::OPERATION.params().map(|it| it.explode()).collect();
    /// assert_eq!(explode, [true, false]);
    /// ```
    #[must_use]
    pub const fn explode(&self) -> bool {
        match self.kind {
            ParamKind::Path { explode, .. }
            | ParamKind::Header { explode }
            | ParamKind::Query { explode, .. }
            | ParamKind::Form { explode, .. } => explode,
            ParamKind::Cookie { .. } => true,
            ParamKind::Group(_)
            | ParamKind::Url
            | ParamKind::Json { .. }
            | ParamKind::Part { .. } => false,
        }
    }

    /// Returns the media type of the value, where one is declared: `application/json` for the option `json`, and that of
    /// `content_type` for a part.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/search", fields = query)]
    /// struct Search {
    ///     term: String,
    ///     #[api(query(json))]
    ///     filter: Vec<String>,
    /// }
    ///
    /// let types: Vec<_> = Search::OPERATION.params().map(|it| it.content_type()).collect();
    /// assert_eq!(types, [None, Some("application/json")]);
    /// ```
    #[must_use]
    pub const fn content_type(&self) -> Option<&'static str> {
        match (self.notation, self.kind) {
            (Notation::Json, _) => Some("application/json"),
            (_, ParamKind::Part { content_type, .. }) if !content_type.is_empty() => {
                Some(content_type)
            }
            _ => None,
        }
    }

    /// Returns whether `true` is sent as the name alone, `?all`, and `false` is not sent.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/images")]
    /// struct ListImages {
    ///     #[api(query(flag))]
    ///     all: bool,
    /// }
    ///
    /// assert!(ListImages::OPERATION.params().next().unwrap().is_flag());
    /// ```
    #[must_use]
    pub const fn is_flag(&self) -> bool {
        matches!(self.notation, Notation::Flag)
    }
}

impl Style {
    const fn in_openapi(self) -> &'static str {
        match self {
            Self::Undeclared | Self::Form => "form",
            Self::Space => "spaceDelimited",
            Self::Pipe => "pipeDelimited",
            Self::Deep => "deepObject",
            Self::Brackets => "brackets",
            Self::Dots => "dots",
        }
    }
}
