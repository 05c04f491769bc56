//! How others write the placeholders of a path, and what to write instead. Pure text, so that every rule is tested in a
//! table.

/// What to write instead of `{inside}`, if it is a placeholder elsewhere: in Google's templates, in URI templates, in
/// routers.
pub(super) fn placeholder(inside: &str) -> Option<String> {
    if inside.starts_with(['?', '&']) {
        return Some("query parameters are fields, with `#[api(query)]`".to_owned());
    }
    let (name, pattern) = match inside.split_once(['=', ':']) {
        Some((name, pattern)) => (name, Some(pattern)),
        None => (inside, None),
    };
    if let Some(bare) = name.strip_suffix('?').filter(|bare| is_name(bare)) {
        return Some(format!(
            "write `{{{bare}}}`, and declare another request for the path without it"
        ));
    }
    let bare = without_stars(name);
    if !is_name(bare) || bare == inside {
        return None;
    }
    let is_rest = bare != name || pattern.is_some_and(has_slashes);
    Some(if is_rest {
        rest(bare)
    } else {
        format!("write `{{{bare}}}`, the type of its field says what a value may be")
    })
}

/// What to write instead of a value of several segments.
pub(super) fn rest(name: &str) -> String {
    format!(
        "write `{{{name}}}`, and `#[api(path(segments))]` on the field, for a value of several segments"
    )
}

/// The name in `<name>`, as documentation has it, or in `<type:name>`, with the text before and after.
pub(super) fn in_angles(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('<')?;
    let (inside, after) = rest.split_once('>')?;
    let name = inside.rsplit(':').next()?;
    is_name(name).then_some((before, name, after))
}

/// The name in `*rest`, `rest*`, `+rest`, `rest..` and the like.
fn without_stars(name: &str) -> &str {
    let name = name.trim_start_matches(['*', '+']);
    let name = name.trim_start_matches("...").trim_start_matches("..");
    let name = name.trim_end_matches(['*', '+']);
    name.trim_end_matches("...").trim_end_matches("..")
}

/// Whether values that match the pattern may have slashes.
fn has_slashes(pattern: &str) -> bool {
    pattern == "path"
        || ["**", "/", ".*", ".+"]
            .iter()
            .any(|it| pattern.contains(it))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{in_angles, placeholder};

    #[test]
    fn knows_the_placeholders_of_others() {
        let several = "`{name}`, and `#[api(path(segments))]`";
        for (inside, words) in [
            ("*name", several),
            ("name*", several),
            ("+name", several),
            ("**name", several),
            ("...name", several),
            ("name...", several),
            ("name..", several),
            ("name=**", several),
            ("name=operations/**", several),
            ("name=projects/*/operations/*", several),
            ("name:.*", several),
            ("name:path", several),
            ("name=*", "write `{name}`, the type"),
            ("name:[0-9]+", "write `{name}`, the type"),
            ("name:int", "write `{name}`, the type"),
            ("name?", "another request for the path without it"),
            ("?limit,offset", "`#[api(query)]`"),
            ("&limit", "`#[api(query)]`"),
        ] {
            let instead = placeholder(inside);
            assert!(
                instead.as_ref().is_some_and(|it| it.contains(words)),
                "{inside}: {instead:?}"
            );
        }
        for inside in ["name", "channel.id", "*", "", "a b", "/name", "="] {
            assert_eq!(placeholder(inside), None, "{inside}");
        }
    }

    #[test]
    fn knows_names_in_angles() {
        assert_eq!(in_angles("/a/<name>/tags"), Some(("/a/", "name", "/tags")));
        assert_eq!(in_angles("<int:id>"), Some(("", "id", "")));
        for text in ["<", "<>", "<a b>", "name>", "<name"] {
            assert_eq!(in_angles(text), None, "{text}");
        }
    }
}
