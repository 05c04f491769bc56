//! What a parameter or a form is on the wire, by the styles of `OpenAPI`, written without the library: names and values
//! before any percent-encoding. `None` is what `OpenAPI` does not define.

use serde_json::Value as Json;

use super::super::schema::percent_decoded;

/// Names and values.
pub(super) type Pairs = Vec<(String, String)>;

/// The style of a value, and whether its items or members stand for themselves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'a> {
    pub(super) style: &'a str,
    pub(super) explode: bool,
}

/// The pairs of a value in a query, a cookie or a form.
pub(super) fn pairs(name: &str, value: &Json, style: Style<'_>) -> Option<Pairs> {
    let separator = match style.style {
        "form" => ",",
        "spaceDelimited" => " ",
        "pipeDelimited" => "|",
        "deepObject" => return deep(name, value),
        _ => return None,
    };
    let pair = |text| vec![(name.to_owned(), text)];
    match value {
        Json::Array(items) => {
            let texts: Vec<_> = items.iter().map(scalar).collect::<Option<_>>()?;
            if texts.is_empty() {
                // Nothing, or a name without a value.
                return None;
            }
            if style.explode {
                let pairs = texts.into_iter().map(|text| (name.to_owned(), text));
                return Some(pairs.collect());
            }
            Some(pair(texts.join(separator)))
        }
        Json::Object(members) if style.explode && style.style == "form" => {
            let pairs = members
                .iter()
                .map(|(name, value)| Some((name.clone(), scalar(value)?)));
            pairs.collect()
        }
        Json::Object(_) if style.explode => None,
        Json::Object(_) => Some(pair(listed(value, separator)?)),
        _ => Some(pair(scalar(value)?)),
    }
}

/// `name[key]=value`, nested as far as there are objects.
fn deep(name: &str, value: &Json) -> Option<Pairs> {
    let mut pairs = Pairs::new();
    for (key, value) in value.as_object()? {
        let name = format!("{name}[{key}]");
        match value {
            Json::Object(_) => pairs.extend(deep(&name, value)?),
            _ => pairs.push((name, scalar(value)?)),
        }
    }
    Some(pairs)
}

/// The text of a value in a path or a header.
pub(super) fn text(name: &str, value: &Json, style: Style<'_>) -> Option<String> {
    let separator = match (style.style, style.explode) {
        ("label", true) => ".",
        ("matrix", true) => ";",
        ("simple" | "label" | "matrix", _) => ",",
        _ => return None,
    };
    let prefix = match style.style {
        "label" => ".".to_owned(),
        "matrix" if style.explode && value.is_object() => ";".to_owned(),
        "matrix" => format!(";{name}="),
        _ => String::new(),
    };
    let text = match value {
        Json::Array(items) => {
            let texts: Vec<_> = items.iter().map(scalar).collect::<Option<_>>()?;
            if texts.is_empty() {
                return None;
            }
            let separator = match style.style {
                "matrix" if style.explode => &prefix,
                _ => separator,
            };
            texts.join(separator)
        }
        Json::Object(members) if style.explode => {
            let members = members
                .iter()
                .map(|(name, value)| Some(format!("{name}={}", scalar(value)?)));
            members.collect::<Option<Vec<_>>>()?.join(separator)
        }
        Json::Object(_) => listed(value, separator)?,
        _ => scalar(value)?,
    };
    Some(prefix + &text)
}

/// The names and values of an object, one after the other.
fn listed(value: &Json, separator: &str) -> Option<String> {
    let mut texts = Vec::new();
    for (name, value) in value.as_object()? {
        texts.push(name.clone());
        texts.push(scalar(value)?);
    }
    (!texts.is_empty()).then(|| texts.join(separator))
}

/// The text of what is neither a list nor an object.
pub(super) fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Cuts a query or a form.
pub(super) fn cut(text: &str) -> Pairs {
    let decode = |text: &str| percent_decoded(&text.replace('+', " ")).into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    });
    pairs.collect()
}

/// Whether two texts are the same, or the same number.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    #[allow(clippy::float_cmp, reason = "they are two spellings of one number")]
    let is_same_number = || number(a).is_some_and(|a| Some(a) == number(b));
    a == b || is_same_number()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The examples of the specification, section "Style Examples".
    #[test]
    fn values_are_written_in_each_style() {
        let (list, object) = (json!(["blue", "black"]), json!({"R": 100, "G": 200}));
        for (style, explode, of_list, of_object) in [
            ("form", true, "color=blue&color=black", "R=100&G=200"),
            ("form", false, "color=blue,black", "color=R,100,G,200"),
            (
                "spaceDelimited",
                false,
                "color=blue black",
                "color=R 100 G 200",
            ),
            (
                "pipeDelimited",
                false,
                "color=blue|black",
                "color=R|100|G|200",
            ),
            ("deepObject", true, "-", "color[R]=100&color[G]=200"),
        ] {
            let written = |value| {
                let pairs = pairs("color", value, Style { style, explode });
                let text = |pairs: Pairs| {
                    let pairs: Vec<_> = pairs.iter().map(|(k, v)| format!("{k}={v}")).collect();
                    pairs.join("&")
                };
                pairs.map_or("-".to_owned(), text)
            };
            assert_eq!(written(&list), of_list, "{style} {explode}");
            let mut object = written(&object)
                .split('&')
                .map(str::to_owned)
                .collect::<Vec<_>>();
            let mut of_object = of_object.split('&').map(str::to_owned).collect::<Vec<_>>();
            if explode {
                object.sort();
                of_object.sort();
                assert_eq!(object, of_object, "{style} {explode}");
            }
        }
        for (style, explode, of_list, of_text) in [
            ("simple", false, "blue,black", "blue"),
            ("simple", true, "blue,black", "blue"),
            ("label", false, ".blue,black", ".blue"),
            ("label", true, ".blue.black", ".blue"),
            ("matrix", false, ";color=blue,black", ";color=blue"),
            ("matrix", true, ";color=blue;color=black", ";color=blue"),
        ] {
            let written = |value| text("color", value, Style { style, explode });
            assert_eq!(
                written(&list).as_deref(),
                Some(of_list),
                "{style} {explode}"
            );
            assert_eq!(
                written(&json!("blue")).as_deref(),
                Some(of_text),
                "{style} {explode}"
            );
        }
        assert_eq!(
            cut("a%20b=c+d&e"),
            [("a b".into(), "c d".into()), ("e".into(), String::new())]
        );
        assert!(is_same("1", "1.0") && !is_same("1", "a"));
    }
}
