//! What an open enum may be: the twin of `fail/enums`.
use api_request::OpenEnum;

#[derive(Debug, PartialEq, OpenEnum)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
enum Level {
    VeryHigh,
    r#Low,
    #[serde(rename = "so so")]
    Medium,
    #[api(name = "")]
    Unset,
    #[api(other)]
    Later { text: String },
}

#[derive(OpenEnum)]
enum OnlyOther {
    #[api(other)]
    Other(std::string::String),
}

type Text = String;

#[repr(u8)]
#[derive(OpenEnum)]
pub(crate) enum Numbered<const N: usize> {
    A = 7,
    #[api(other)]
    Other(Text) = 9,
}

fn main() {
    let texts = ["VERY-HIGH", "LOW", "so so", "", "very-high"];
    let levels = texts.map(Level::from);
    assert_eq!(levels[..4], [Level::VeryHigh, Level::Low, Level::Medium, Level::Unset]);
    assert_eq!(levels[4], Level::Later { text: "very-high".into() });
    assert_eq!(levels.each_ref().map(Level::as_str), texts);
    assert_eq!(OnlyOther::from("a").as_str(), "a");
    assert_eq!(Numbered::<1>::from("A").as_str(), "A");
}
