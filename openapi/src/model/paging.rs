//! Finds how the next page of a listing is requested.

use super::{
    data::{Content, Field, Input, Kind, Operation, Paginate, Spot, Ty},
    names::raw,
    types::Types,
};
use crate::document::{self, Status};

/// Names of parameters that take a cursor.
const CURSORS: [&str; 9] = [
    "cursor",
    "after",
    "page_token",
    "next_token",
    "next_cursor",
    "continuation_token",
    "continue",
    "starting_after",
    "offset",
];
/// Names of members that have the next cursor.
const NEXT_CURSORS: [&str; 7] = [
    "next_cursor",
    "next_page_token",
    "next_token",
    "continuation_token",
    "end_cursor",
    "continue",
    "last_id",
];
/// Names of members that have the URL of the next page.
const NEXT_URLS: [&str; 4] = ["next", "next_url", "next_page_url", "next_page_uri"];
/// Names of members that say how many items there are.
const TOTALS: [&str; 3] = ["total", "total_count", "total_results"];

/// The list in a response.
struct List {
    path: Option<String>,
    item: Ty,
}

/// Returns how the next page is found, if the operation is a listing.
pub(crate) fn paginate(
    types: &Types<'_>,
    source: &document::Operation,
    operation: &Operation,
) -> Option<Paginate> {
    let Content::Json(response) = &operation.response else {
        return None;
    };
    if operation.method != "GET" || operation.may_be_empty {
        return None;
    }
    let fields = match response {
        Ty::Def(index) => match &types.defs[*index].kind {
            Kind::Struct(fields) => fields.as_slice(),
            _ => return None,
        },
        Ty::List(_) => &[],
        _ => return None,
    };
    let list = list(response, fields)?;
    let way = way(types, source, operation, fields, &list)?;
    Some(Paginate {
        way: way.text,
        parameter: way.parameter,
        items: list.path,
        item: list.item,
        is_certain: way.is_certain,
    })
}

fn list(response: &Ty, fields: &[Field]) -> Option<List> {
    if let Ty::List(item) = response {
        return Some(List {
            path: None,
            item: (**item).clone(),
        });
    }
    let mut lists = fields.iter().filter_map(|field| match &field.ty {
        Ty::List(item) if !field.boxed => Some(List {
            path: Some(field.name.clone()),
            item: (**item).clone(),
        }),
        _ => None,
    });
    let first = lists.next()?;
    // Of several lists, it is not certain which has the items.
    lists.next().is_none().then_some(first)
}

/// How the next page is found: what `paginate(…)` says, where `{}` is the parameter.
struct Way {
    text: String,
    parameter: Option<String>,
    is_certain: bool,
}

impl Way {
    fn new(parameter: &str, text: String, is_certain: bool) -> Self {
        Self {
            text,
            parameter: Some(parameter.to_owned()).filter(|name| !name.is_empty()),
            is_certain,
        }
    }
}

/// What is asked and responded, to find how they lead to the next page.
struct Search<'a> {
    types: &'a Types<'a>,
    operation: &'a Operation,
    /// The members of the response.
    fields: &'a [Field],
    list: &'a List,
    /// What says that there are more pages.
    more: String,
}

fn is_text(ty: &Ty) -> bool {
    *ty == Ty::Text
}

fn is_number(ty: &Ty) -> bool {
    matches!(ty, Ty::I32 | Ty::I64 | Ty::U64)
}

fn way(
    types: &Types<'_>,
    source: &document::Operation,
    operation: &Operation,
    fields: &[Field],
    list: &List,
) -> Option<Way> {
    let has_link = |response: &document::Response| {
        response.status == Status::Code(200)
            && response
                .headers
                .iter()
                .any(|name| name.eq_ignore_ascii_case("link"))
    };
    if source.responses.iter().any(has_link) {
        return Some(Way::new("", "link".to_owned(), true));
    }
    let mut search = Search {
        types,
        operation,
        fields,
        list,
        more: String::new(),
    };
    let more = search.member(&["has_more", "has_next"], |ty| *ty == Ty::Bool);
    search.more = more.map_or_else(String::new, |more| format!(", more = {}", more.name));
    search
        .cursor()
        .or_else(|| search.next_url())
        .or_else(|| search.number())
}

impl Search<'_> {
    /// The parameter of one of some names.
    fn query(&self, names: &[&str], is_type: fn(&Ty) -> bool) -> Option<&str> {
        let is_wanted = |input: &&Input| {
            let is_plain = input.spot == Spot::Query && input.options.is_empty();
            is_plain && is_type(&input.field.ty) && names.contains(&input.field.name.as_str())
        };
        let found = self.operation.fields.iter().find(is_wanted)?;
        Some(&found.field.name)
    }

    /// The member of the response of one of some names.
    fn member(&self, names: &[&str], is_type: fn(&Ty) -> bool) -> Option<&Field> {
        let is_wanted = |field: &&Field| is_type(&field.ty) && names.contains(&field.name.as_str());
        self.fields.iter().find(is_wanted)
    }

    fn cursor(&self) -> Option<Way> {
        if let Some(cursor) = self.query(&CURSORS, is_text) {
            let next = self.member(&NEXT_CURSORS, is_text);
            let next = next.map(|next| raw(&next.name));
            if let Some(next) = next.or_else(|| nested(self.types, self.fields, &NEXT_CURSORS)) {
                let text = format!("cursor = {{}}, next = {next}");
                return Some(Way::new(cursor, text, true));
            }
        }
        let after = self.query(&["starting_after", "after_id"], is_text)?;
        let path = self.list.path.as_ref()?;
        if self.more.is_empty() || !has_id(self.types, &self.list.item) {
            return None;
        }
        let more = &self.more;
        let text = format!("cursor = {{}}, next = {}.last.id{more}", raw(path));
        Some(Way::new(after, text, true))
    }

    fn next_url(&self) -> Option<Way> {
        let next = self.member(&NEXT_URLS, is_text)?;
        let text = format!("next_url = {}", raw(&next.name));
        Some(Way::new("", text, true))
    }

    /// An offset or the number of a page.
    fn number(&self) -> Option<Way> {
        let more = &self.more;
        if let Some(offset) = self.query(&["offset", "skip"], is_number) {
            let total = self.member(&TOTALS, is_number);
            let total = total.map_or_else(String::new, |total| {
                let is_optional = !total.required || total.nullable;
                let mark = if is_optional { "?" } else { "" };
                format!(", total = {}{mark}", total.name)
            });
            // An offset counts items; what else skips may count pages.
            let text = format!("offset = {{}}{total}{more}");
            return Some(Way::new(offset, text, offset == "offset"));
        }
        let page = self.query(&["page", "page_number"], is_number)?;
        Some(Way::new(page, format!("page = {{}}{more}"), false))
    }
}

/// Whether each item has an ID.
fn has_id(types: &Types<'_>, item: &Ty) -> bool {
    let Ty::Def(index) = item else { return false };
    let Kind::Struct(fields) = &types.defs[*index].kind else {
        return false;
    };
    fields.iter().any(|field| {
        field.name == "id" && field.ty == Ty::Text && field.required && !field.nullable
    })
}

/// A text one struct deeper.
fn nested(types: &Types<'_>, fields: &[Field], names: &[&str]) -> Option<String> {
    fields.iter().find_map(|field| {
        let Ty::Def(index) = field.ty else {
            return None;
        };
        let Kind::Struct(inner) = &types.defs[index].kind else {
            return None;
        };
        let found = inner
            .iter()
            .find(|inner| names.contains(&inner.name.as_str()) && inner.ty == Ty::Text)?;
        let mark = if !field.required || field.nullable {
            "?"
        } else {
            ""
        };
        (!field.boxed).then(|| format!("{}{mark}.{}", raw(&field.name), raw(&found.name)))
    })
}
