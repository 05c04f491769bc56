//! The column "query" of the table of values.

use api_request::ApiRequest;
use serde::Serialize;

use crate::{
    scalars,
    values::{COLORS, Data, RGB, Raw, Rgb, Shown, map},
    wire::{refused, target},
};

macro_rules! styles {
    ($($name:ident: $options:tt,)*) => {
        $(
            fn $name<T: Serialize>(value: T) -> Result<String, String> {
                #[derive(ApiRequest)]
                #[api(method = GET, path = "/")]
                struct Request<T> {
                    #[api(query $options)]
                    value: T,
                }
                target(&Request { value })
            }
        )*
    };
}

styles! {
    plain: (name = "color"),
    form: (name = "color", style = form),
    joined: (name = "color", explode = false),
    space: (name = "color", style = space),
    pipe: (name = "color", style = pipe),
    deep: (name = "color", style = deep),
    brackets: (name = "color", style = brackets),
    flatten: (flatten),
}

#[test]
fn a_scalar_is_a_pair() {
    fn check(value: &impl Serialize, text: &str) {
        for style in [plain, form, joined, brackets] {
            assert_eq!(style(value), Ok(format!("/?color={text}")));
        }
    }
    scalars!(check);
}

#[test]
fn what_is_not_unreserved_is_percent_encoded() {
    let table = [
        ("a b+c", "a%20b%2Bc"),
        ("&=#?/", "%26%3D%23%3F%2F"),
        ("100%", "100%25"),
        ("\u{e9}", "%C3%A9"),
        ("", ""),
        (".", "."),
        ("..", ".."),
        ("\r\n", "%0D%0A"),
    ];
    for (value, written) in table {
        assert_eq!(form(value), Ok(format!("/?color={written}")));
    }
}

#[test]
fn a_list_is_written_by_its_style() {
    assert_eq!(
        form(COLORS),
        Ok("/?color=blue&color=black&color=brown".into())
    );
    assert_eq!(plain(COLORS), form(COLORS));
    assert_eq!(joined(COLORS), Ok("/?color=blue,black,brown".into()));
    assert_eq!(space(COLORS), Ok("/?color=blue%20black%20brown".into()));
    assert_eq!(pipe(COLORS), Ok("/?color=blue%7Cblack%7Cbrown".into()));
    let written = "/?color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown";
    assert_eq!(brackets(COLORS), Ok(written.into()));
    assert_eq!(joined(["a,b", "c d"]), Ok("/?color=a%2Cb,c%20d".into()));
    refused(deep(COLORS), "is or holds a list");
}

#[test]
fn a_struct_or_map_is_written_by_its_style() {
    assert_eq!(form(RGB), Ok("/?R=100&G=200&B=150".into()));
    assert_eq!(joined(RGB), Ok("/?color=R,100,G,200,B,150".into()));
    assert_eq!(space(RGB), Ok("/?color=R%20100%20G%20200%20B%20150".into()));
    assert_eq!(pipe(RGB), Ok("/?color=R%7C100%7CG%7C200%7CB%7C150".into()));
    let written = "/?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150";
    assert_eq!(deep(RGB), Ok(written.into()));
    assert_eq!(brackets(RGB), Ok(written.into()));
    assert_eq!(form(map([("a&b", "c d")])), Ok("/?a%26b=c%20d".into()));
    assert_eq!(deep(map([("a]", 1)])), Ok("/?color%5Ba%5D%5D=1".into()));
}

#[test]
fn deep_and_brackets_nest() {
    let nested = map([("a", map([("b", map([("c", 1)]))]))]);
    let written = "/?color%5Ba%5D%5Bb%5D%5Bc%5D=1";
    assert_eq!(deep(&nested), Ok(written.into()));
    assert_eq!(brackets(&nested), Ok(written.into()));
    let list = map([("k", [1, 2])]);
    assert_eq!(
        brackets(&list),
        Ok("/?color%5Bk%5D%5B%5D=1&color%5Bk%5D%5B%5D=2".into())
    );
    refused(deep(&list), "is or holds a list");
    let siblings = map([("a", map([("x", 1)])), ("b", map([("y", 2)]))]);
    assert_eq!(
        deep(&siblings),
        Ok("/?color%5Ba%5D%5Bx%5D=1&color%5Bb%5D%5By%5D=2".into())
    );
}

#[test]
fn what_is_absent_is_left_out() {
    for style in [plain, form, joined, space, pipe, deep, brackets, flatten] {
        assert_eq!(style(None::<&str>), Ok("/".into()));
    }
    for style in [plain, form, joined, space, pipe, brackets, flatten] {
        assert_eq!(style(Vec::<&str>::new()), Ok("/".into()));
    }
    for style in [form, joined, space, pipe, deep, brackets, flatten] {
        assert_eq!(style(map::<u8>([])), Ok("/".into()));
    }
    let value = Rgb { green: None, ..RGB };
    assert_eq!(form(&value), Ok("/?R=100&B=150".into()));
    assert_eq!(joined(&value), Ok("/?color=R,100,B,150".into()));
    assert_eq!(
        deep(&value),
        Ok("/?color%5BR%5D=100&color%5BB%5D=150".into())
    );
}

#[test]
fn what_has_no_form_is_an_error() {
    for style in [space, pipe, deep] {
        assert!(style("blue").unwrap_err().starts_with("value: "));
    }
    for style in [form, joined, space, pipe, brackets] {
        refused(style([Some(1), None]), "`None` in a list");
    }
    let words = "list in a list, which needs `style = brackets`";
    for style in [plain, form, joined, space, pipe] {
        refused(style([[1]]), words);
    }
    let words = "struct or map in a list, which needs `style = brackets`";
    for style in [plain, form, joined, space, pipe] {
        refused(style([RGB]), words);
    }
    refused(
        form(map([("k", [1])])),
        "list in a struct or map, which needs `style = brackets`",
    );
    refused(
        form(map([("k", RGB)])),
        "struct or map in another, which needs `style = brackets`",
    );
    refused(form(f64::NEG_INFINITY), "not a finite number");
    refused(form(Raw), "raw bytes");
    refused(form(()), "is `null` or `()`");
    refused(form(serde_json::Value::Null), "is `null`");
    refused(flatten(map([("k", serde_json::Value::Null)])), "is `null`");
    refused(form(Data::Newtype(1)), "with data");
    refused(
        form(std::collections::BTreeMap::from([([1], 1)])),
        "map key",
    );
    refused(space(["a b", "c"]), "an item with ' '");
    refused(pipe([Shown("a|b")]), "an item with '|'");
    refused(pipe(map([("a|b", 1)])), "an item with '|'");
    refused(flatten("text"), "a list of pairs");
    refused(flatten([1]), "is not a struct, a map or a list of pairs");
    refused(flatten([("k", 1, 2)]), "a list of pairs");
    refused(flatten([None::<(&str, u8)>]), "a list of pairs");
    refused(flatten([RGB]), "a list of pairs");
}

#[test]
fn members_never_appear_unasked() {
    use std::time::{Duration, SystemTime};

    let words =
        "with `style` (`form`, `deep`, `brackets` or `dots`), `explode = false` or `flatten`";
    refused(plain(Duration::from_secs(5)), words);
    refused(plain(SystemTime::UNIX_EPOCH), words);
    refused(plain(0..9), words);
    refused(plain(Some(RGB)), words);
    refused(plain(map([("k", 1)])), words);
    refused(plain(map::<u8>([])), words);
    refused(
        flatten(map([("timeout", Duration::from_secs(5))])),
        "has a struct or map in another",
    );
    refused(flatten(map([("list", [RGB])])), "struct or map in a list");
}

#[test]
fn brackets_number_what_a_list_holds() {
    let table = [
        (
            brackets([RGB]),
            "/?color[0][R]=100&color[0][G]=200&color[0][B]=150",
        ),
        (
            brackets([map([("k", 1)]), map([("k", 2), ("l", 3)])]),
            "/?color[0][k]=1&color[1][k]=2&color[1][l]=3",
        ),
        (
            brackets([vec![1, 2], vec![], vec![3]]),
            "/?color[0][]=1&color[0][]=2&color[2][]=3",
        ),
        (
            brackets([map([("k", [map([("l", [1])])])])]),
            "/?color[0][k][0][l][]=1",
        ),
        (
            brackets((1, map([("k", 2)]), "x")),
            "/?color[]=1&color[1][k]=2&color[]=x",
        ),
    ];
    for (written, expected) in table {
        let expected = expected.replace('[', "%5B").replace(']', "%5D");
        assert_eq!(written, Ok(expected));
    }
}

#[test]
fn flattened_pairs_keep_their_order_and_may_repeat() {
    let pairs = vec![("b", "1"), ("a", "2 3"), ("b", "4")];
    assert_eq!(flatten(&pairs), Ok("/?b=1&a=2%203&b=4".into()));
    assert_eq!(flatten(Some(&pairs)), Ok("/?b=1&a=2%203&b=4".into()));
    assert_eq!(flatten([["a", "b"]]), Ok("/?a=b".into()));
    assert_eq!(
        flatten([(1, Some(vec![true, false])), (2, None)]),
        Ok("/?1=true&1=false".into())
    );
}

#[test]
fn flattened_members_are_parameters() {
    assert_eq!(flatten(RGB), Ok("/?R=100&G=200&B=150".into()));
    assert_eq!(flatten(Some(RGB)), Ok("/?R=100&G=200&B=150".into()));
    assert_eq!(
        flatten(map([("a b", vec!["x", "y z"])])),
        Ok("/?a%20b=x&a%20b=y%20z".into())
    );
    assert_eq!(flatten(map([("k", None::<u8>)])), Ok("/".into()));
    assert_eq!(
        flatten(std::collections::BTreeMap::from([(1, true)])),
        Ok("/?1=true".into())
    );
}

#[test]
fn parameters_keep_the_order_of_their_declaration() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/{id}", query("beta" = "a b"), query("v" = "2"), rename_all = "camelCase")]
    struct Ordered {
        #[api(query)]
        zeta_first: u8,
        id: u8,
        #[api(query(flatten))]
        value: std::collections::BTreeMap<&'static str, u8>,
        #[api(query = "last one")]
        last: &'static str,
    }
    let request = |key| Ordered {
        zeta_first: 1,
        id: 2,
        value: map([(key, 3)]),
        last: "x",
    };
    let written = "/2?beta=a%20b&v=2&zetaFirst=1&extra=3&last%20one=x";
    assert_eq!(target(&request("extra")), Ok(written.into()));
    for key in ["v", "beta", "zetaFirst", "last one"] {
        refused(target(&request(key)), "which the request declares itself");
    }
    assert_eq!(Ordered::OPERATION.params().count(), 3);
}

#[test]
fn no_name_is_there_twice() {
    type Map = std::collections::BTreeMap<&'static str, u8>;

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", fields = query)]
    struct Request {
        declared: u8,
        #[api(style = form)]
        exploded: Map,
        #[api(flatten)]
        first: Map,
        #[api(flatten)]
        value: Map,
    }
    let request = |exploded, first, value| Request {
        declared: 1,
        exploded: map([(exploded, 2)]),
        first: map([(first, 3)]),
        value: map([(value, 4)]),
    };
    let written = "/?declared=1&exploded=2&b=3&c=4";
    assert_eq!(target(&request("exploded", "b", "c")), Ok(written.into()));
    refused(target(&request("a", "b", "b")), "which is there already");
    let error = target(&request("declared", "b", "c")).unwrap_err();
    assert_eq!(
        error,
        "exploded: brings `declared`, which the request declares itself"
    );
}
