//! Lists as tables.

use comfy_table::{ContentArrangement, Table, presets::NOTHING};
use serde_json::Value;

/// The members that tell most of an item, as far as it has them.
const COLUMNS: [&str; 25] = [
    "id",
    "hash",
    "slug",
    "key_hash",
    "user_id",
    "name",
    "display_name",
    "filename",
    "label",
    "email",
    "role",
    "provider",
    "type",
    "status",
    "disabled",
    "model",
    "version",
    "date",
    "limit",
    "limit_remaining",
    "usage",
    "requests",
    "context_length",
    "total_cost",
    "created_at",
];

/// How many columns there are at most.
const MOST: usize = 8;

/// How many there are to be, if there are so many members.
const FEW: usize = 3;

/// A table with a row for each item; what the terminal's width has no room for is folded.
pub(super) fn render(items: &[Value]) -> String {
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    let columns = columns(items);
    table.set_header(columns.iter().map(|column| column.to_uppercase()));
    for item in items {
        table.add_row(columns.iter().map(|column| cell(&item[*column])));
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The columns of a list: the known ones, and where they are few, the first others that are no lists or objects.
fn columns(items: &[Value]) -> Vec<&str> {
    let is_shown = |column: &&str| {
        let values = items.iter().map(|item| &item[*column]);
        values.clone().any(|value| !value.is_null()) && values.clone().all(is_scalar)
    };
    let mut columns: Vec<&str> = COLUMNS.into_iter().filter(is_shown).take(MOST).collect();
    let first = items.first().and_then(Value::as_object);
    for name in first.into_iter().flat_map(|first| first.keys()) {
        let name = name.as_str();
        if columns.len() < FEW && !columns.contains(&name) && is_shown(&name) {
            columns.push(name);
        }
    }
    columns
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => return "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    // A terminal does what control characters say.
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::render;

    #[test]
    fn a_list_is_a_table_of_the_members_that_tell_most() {
        let items = [
            json!({"usage": 1.5, "name": "First", "hash": "a1", "tags": ["x"], "limit": null}),
            json!({"usage": 0, "name": "Second\u{1b}", "hash": "b2", "tags": [], "limit": null}),
        ];
        assert_eq!(
            render(&items),
            " HASH  NAME     USAGE\n a1    First    1.5\n b2    Second   0\n"
        );
    }

    #[test]
    fn other_members_are_shown_where_the_known_ones_are_few() {
        let item = json!({"colour": "red", "name": "rose", "parts": []});
        assert_eq!(render(&[item]), " NAME  COLOUR\n rose  red\n");
    }
}
