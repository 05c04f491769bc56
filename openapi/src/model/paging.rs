//! Finds how the next page of a listing is requested.

use super::{
    data::{Content, Field, Kind, Operation, Paginate, Spot, Ty},
    types::Types,
};
use crate::document::{self, Status};
use crate::text::add;

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
const NEXT_CURSORS: [&str; 6] = [
    "next_cursor",
    "next_page_token",
    "next_token",
    "continuation_token",
    "end_cursor",
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
    let (way, is_certain) = way(types, source, operation, fields)?;
    Some(Paginate {
        way,
        items: list.path,
        item: list.item,
        is_certain,
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

fn way(
    types: &Types<'_>,
    source: &document::Operation,
    operation: &Operation,
    fields: &[Field],
) -> Option<(String, bool)> {
    let query = |names: &[&str]| {
        operation.fields.iter().find(|input| {
            input.spot == Spot::Query
                && input.options.is_empty()
                && names.contains(&input.field.name.as_str())
        })
    };
    let member = |names: &[&str]| {
        fields
            .iter()
            .find(|field| names.contains(&field.name.as_str()))
    };
    let optional = |field: &Field| !field.required || field.nullable;

    let has_link = source.responses.iter().any(|response| {
        matches!(response.status, Status::Code(200))
            && response
                .headers
                .iter()
                .any(|name| name.eq_ignore_ascii_case("link"))
    });
    if has_link {
        return Some(("link".to_owned(), true));
    }
    if let Some(parameter) = query(&CURSORS).filter(|input| input.field.ty == Ty::Text) {
        if let Some(next) = member(&NEXT_CURSORS).filter(|field| field.ty == Ty::Text) {
            return Some((
                format!("cursor = {}, next = {}", parameter.field.name, next.name),
                true,
            ));
        }
        if let Some(path) = nested(types, fields, &NEXT_CURSORS) {
            return Some((
                format!("cursor = {}, next = {path}", parameter.field.name),
                true,
            ));
        }
    }
    if let Some(next) = member(&NEXT_URLS).filter(|field| field.ty == Ty::Text) {
        return Some((format!("next_url = {}", next.name), true));
    }
    let number = |ty: &Ty| matches!(ty, Ty::I32 | Ty::I64 | Ty::U64);
    if let Some(offset) = query(&["offset", "skip"]).filter(|input| number(&input.field.ty)) {
        let mut way = format!("offset = {}", offset.field.name);
        if let Some(total) = member(&TOTALS).filter(|field| number(&field.ty)) {
            add!(
                way,
                ", total = {}{}",
                total.name,
                if optional(total) { "?" } else { "" }
            );
        }
        // An offset counts items; what else skips may count pages.
        return Some((way, offset.field.name == "offset"));
    }
    if let Some(page) = query(&["page", "page_number"]).filter(|input| number(&input.field.ty)) {
        let mut way = format!("page = {}", page.field.name);
        if let Some(more) = member(&["has_more", "has_next"]).filter(|field| field.ty == Ty::Bool) {
            add!(way, ", more = {}", more.name);
        }
        return Some((way, false));
    }
    None
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
        (!field.boxed).then(|| format!("{}{mark}.{}", field.name, found.name))
    })
}
