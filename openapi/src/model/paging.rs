//! Finds how the next page of a listing is requested.

use super::{
    data::{Content, Field, Kind, Operation, Paginate, Spot, Ty},
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

fn way(
    types: &Types<'_>,
    source: &document::Operation,
    operation: &Operation,
    fields: &[Field],
    list: &List,
) -> Option<Way> {
    let query = |names: &[&str], is_type: fn(&Ty) -> bool| {
        operation
            .fields
            .iter()
            .map(|input| (input, &input.field))
            .find_map(|(input, field)| {
                let is_plain = input.spot == Spot::Query && input.options.is_empty();
                (is_plain && is_type(&field.ty) && names.contains(&field.name.as_str()))
                    .then_some(&field.name)
            })
    };
    let member = |names: &[&str], is_type: fn(&Ty) -> bool| {
        fields
            .iter()
            .find(|field| is_type(&field.ty) && names.contains(&field.name.as_str()))
    };
    let is_text = |ty: &Ty| *ty == Ty::Text;
    let is_number = |ty: &Ty| matches!(ty, Ty::I32 | Ty::I64 | Ty::U64);
    let more = member(&["has_more", "has_next"], |ty| *ty == Ty::Bool);
    let more = more.map_or_else(String::new, |more| format!(", more = {}", more.name));

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
    if let Some(cursor) = query(&CURSORS, is_text) {
        let next = member(&NEXT_CURSORS, is_text).map(|next| raw(&next.name));
        if let Some(next) = next.or_else(|| nested(types, fields, &NEXT_CURSORS)) {
            return Some(Way::new(
                cursor,
                format!("cursor = {{}}, next = {next}"),
                true,
            ));
        }
    }
    let after = query(&["starting_after", "after_id"], is_text).filter(|_| !more.is_empty());
    if let (Some(after), Some(path)) = (
        after,
        list.path.as_ref().filter(|_| has_id(types, &list.item)),
    ) {
        let text = format!("cursor = {{}}, next = {}.last.id{more}", raw(path));
        return Some(Way::new(after, text, true));
    }
    if let Some(next) = member(&NEXT_URLS, is_text) {
        return Some(Way::new(
            "",
            format!("next_url = {}", raw(&next.name)),
            true,
        ));
    }
    if let Some(offset) = query(&["offset", "skip"], is_number) {
        let total = member(&TOTALS, is_number).map_or_else(String::new, |total| {
            let mark = if !total.required || total.nullable {
                "?"
            } else {
                ""
            };
            format!(", total = {}{mark}", total.name)
        });
        // An offset counts items; what else skips may count pages.
        return Some(Way::new(
            offset,
            format!("offset = {{}}{total}{more}"),
            offset == "offset",
        ));
    }
    let page = query(&["page", "page_number"], is_number)?;
    Some(Way::new(page, format!("page = {{}}{more}"), false))
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
