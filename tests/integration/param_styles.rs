//! The table of parameter styles in the `OpenAPI` specification, 3.1.1, "Style Examples".

use api_request::ApiRequest;
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use crate::wire::{header, target};

/// The values of the specification's parameter `color`.
#[derive(Clone, Copy)]
enum Color {
    Absent,
    Name,
    List,
    Object,
}

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Name => serializer.serialize_str("blue"),
            Self::List => {
                let mut list = serializer.serialize_seq(None)?;
                for item in ["blue", "black", "brown"] {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object => {
                let mut map = serializer.serialize_map(None)?;
                for (key, value) in [("R", 100), ("G", 200), ("B", 150)] {
                    map.serialize_entry(key, &value)?;
                }
                map.end()
            }
        }
    }
}

macro_rules! requests {
    ($($name:ident: $path:literal $location:tt,)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = GET, path = $path)]
            struct $name {
                #[api $location]
                color: Color,
            }
        )*
    };
}

requests! {
    Path: "/{color}" (path),
    PathExplode: "/{color}" (path(explode)),
    Header: "/" (header),
    HeaderExplode: "/" (header(explode)),
    Form: "/" (query(explode = false)),
    FormExplode: "/" (query(style = form)),
    Space: "/" (query(style = space)),
    Pipe: "/" (query(style = pipe)),
    Deep: "/" (query(style = deep)),
}

type Encoded = Result<String, String>;

fn path(request: &impl ApiRequest) -> Encoded {
    Ok(target(request)?[1..].to_owned())
}

fn query(request: &impl ApiRequest) -> Encoded {
    let target = target(request)?;
    Ok(target.trim_start_matches(['/', '?']).to_owned())
}

fn field(request: &impl ApiRequest) -> Encoded {
    Ok(header(request, "color")?.unwrap_or_default())
}

/// A style, and what it makes of each color: `None` where it is not defined for one.
type Row = (
    &'static str,
    fn(Color) -> Encoded,
    [Option<&'static str>; 4],
);

const COLORS: [Color; 4] = [Color::Absent, Color::Name, Color::List, Color::Object];

/// An absent value is left out, for which the specification leaves the choice, and a path cannot leave it out. The
/// derive refuses the combinations that the specification does not define.
#[rustfmt::skip]
const TABLE: [Row; 9] = [
    ("simple, path", |color| path(&Path { color }),
        [None, Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
    ("simple, path, explode", |color| path(&PathExplode { color }),
        [None, Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")]),
    ("simple, header", |color| field(&Header { color }),
        [Some(""), Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
    ("simple, header, explode", |color| field(&HeaderExplode { color }),
        [Some(""), Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")]),
    ("form", |color| query(&Form { color }),
        [Some(""), Some("color=blue"), Some("color=blue,black,brown"), Some("color=R,100,G,200,B,150")]),
    ("form, explode", |color| query(&FormExplode { color }),
        [Some(""), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
    ("spaceDelimited", |color| query(&Space { color }),
        [Some(""), None, Some("color=blue%20black%20brown"), Some("color=R%20100%20G%20200%20B%20150")]),
    ("pipeDelimited", |color| query(&Pipe { color }),
        [Some(""), None, Some("color=blue%7Cblack%7Cbrown"), Some("color=R%7C100%7CG%7C200%7CB%7C150")]),
    ("deepObject, explode", |color| query(&Deep { color }),
        [Some(""), None, None, Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]),
];

#[test]
fn the_rows_of_the_openapi_specification_hold() {
    for (style, encode, row) in TABLE {
        for (color, expected) in COLORS.into_iter().zip(row) {
            let encoded = encode(color);
            assert_eq!(encoded.as_deref().ok(), expected, "{style}: {encoded:?}");
        }
    }
}
