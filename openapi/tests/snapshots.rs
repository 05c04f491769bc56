//! Small documents, and what is generated of each: all files, which are compiled here, and the report.
//!
//! `BLESS=1 cargo test -p api-request-openapi --test snapshots` writes the expected files anew.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::pedantic,
    reason = "they are the declarations of other people"
)]

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use api_request_openapi::{Document, Model, Selection, Sources, generate};

#[path = "snapshots/bodies/mod.rs"]
mod bodies;
#[path = "snapshots/pages/mod.rs"]
mod pages;
#[path = "snapshots/parameters/mod.rs"]
mod parameters;
#[path = "snapshots/plain/mod.rs"]
mod plain;
#[path = "snapshots/schemas/mod.rs"]
mod schemas;
#[path = "snapshots/server/mod.rs"]
mod server;

/// The files that are generated of a document, and the report.
fn generated(path: &Path) -> BTreeMap<String, String> {
    let sources = Sources::read(path).unwrap_or_else(|error| panic!("{error}"));
    let document = Document::new(&sources).unwrap_or_else(|error| panic!("{error}"));
    let selection = Selection {
        server: path.file_stem().is_some_and(|name| name == "server"),
        ..Selection::default()
    };
    let (model, report) = Model::new(&document, &selection);
    let mut lines = String::new();
    for (what, remarks) in [
        ("guessed", report.guessed),
        ("left out", report.left_out),
        ("note", report.notes),
    ] {
        for remark in remarks {
            let _ = writeln!(
                lines,
                "{what}: line {}: {}: {}",
                remark.place.line, remark.operation, remark.text
            );
        }
    }
    let files = generate(&model, "mod.rs").into_iter();
    let mut files: BTreeMap<_, _> = files.map(|(name, file)| (name, file.text())).collect();
    files.insert("report.txt".to_owned(), lines);
    files
}

fn present(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|entry| {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().expect("a file has a name");
            let text = fs::read_to_string(&path).expect("the file can be read");
            (name.to_string_lossy().into_owned(), text)
        })
        .collect()
}

#[test]
fn documents_become_the_declarations_that_are_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let mut documents: Vec<_> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_file())
        .collect();
    documents.sort();
    assert!(!documents.is_empty());
    let mut differences = String::new();
    for document in documents {
        let files = generated(&document);
        let expected = document.with_extension("");
        if std::env::var_os("BLESS").is_some() {
            let _ = fs::remove_dir_all(&expected);
            fs::create_dir_all(&expected).expect("the folder can be made");
            for (name, text) in &files {
                fs::write(expected.join(name), text).expect("the file can be written");
            }
            continue;
        }
        let present = present(&expected);
        for name in files.keys().chain(present.keys()) {
            if files.get(name) != present.get(name) {
                let text = files.get(name).map_or("", String::as_str);
                let _ = writeln!(differences, "{}/{name}:\n{text}", expected.display());
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{differences}\nif that is meant: BLESS=1 cargo test -p api-request-openapi --test snapshots"
    );
}

#[test]
fn a_request_is_sent_as_the_document_says() {
    use api_request::{ApiRequest, BaseUrl};

    let base: BaseUrl = "https://api.example.com".parse().expect("it is a URL");
    let search = parameters::search::Search {
        tags: vec!["a".to_owned(), "b".to_owned()],
        ids: vec![1, 2],
        words: vec!["x".to_owned(), "y".to_owned()],
        created: Some(parameters::search::SearchCreated { gte: Some(5) }),
        expand: vec!["owner".to_owned()],
        paging: Some(parameters::search::SearchPaging { limit: Some(9) }),
        filters: Some(BTreeMap::from([("k".to_owned(), "v".to_owned())])),
        date_sent_lt: Some("2026".to_owned()),
        ..parameters::search::Search::default()
    };
    let http = search.to_http(&base).expect("it can be sent");
    assert_eq!(
        http.uri().path_and_query().expect("it has a path"),
        "/search?kind=all&tags=a&tags=b&ids=1,2&words=x%20y&created%5Bgte%5D=5&expand%5B%5D=owner&limit=9\
         &filters=%7B%22k%22%3A%22v%22%7D&DateSent%3C=2026"
    );

    let create = plain::api_keys::CreateKey {
        name: "ci".to_owned(),
        r#type: Some(plain::api_keys::KeyType::Key),
        ..plain::api_keys::CreateKey::default()
    };
    let http = create.to_http(&base).expect("it can be sent");
    assert_eq!(
        http.body().as_bytes().expect("it is in memory"),
        r#"{"name":"ci","limit":null,"type":"key"}"#
    );
}

#[test]
fn values_are_read_and_written_as_the_document_says() {
    use schemas::{
        shapes::{Circle, Shape},
        types::{Types, TypesEither, TypesOpen},
    };

    let read = |text: &str| serde_json::from_str::<Shape>(text).expect("any value is one");
    let written = |shape: &Shape| serde_json::to_string(shape).expect("it is JSON");
    let circle = read(r#"{"radius": 1.5, "kind": "circle"}"#);
    assert!(matches!(circle, Shape::Circle(Circle { radius: 1.5 })));
    assert_eq!(written(&circle), r#"{"kind":"circle","radius":1.5}"#);
    assert_eq!(
        written(&read(r#"{"kind":"square"}"#)),
        r#"{"kind":"square"}"#
    );
    // What the API has added since.
    let other = read(r#"{"kind":"line","length":2}"#);
    assert!(matches!(other, Shape::Other(_)));
    assert_eq!(written(&other), r#"{"kind":"line","length":2}"#);

    let types: Types = serde_json::from_str(
        r#"{"id": 7, "Option": null, "tree": {"left": {"all": []}}, "-1": 2, "either": ["a"], "open": "huge",
            "wrapped": null, "struct": {"a": "b", "more": 3}, "unknown": true}"#,
    )
    .expect("it is what the document says");
    assert_eq!((types.id, types.option, types.minus_1), (7, None, Some(2)));
    assert!(matches!(types.either, Some(TypesEither::Texts(_))));
    assert_eq!(types.open, Some(TypesOpen::Other("huge".to_owned())));
    assert!(types.tree.left.is_some_and(|left| left.all.is_some()));
    assert_eq!(types.r#struct.map(|it| it.additional["more"]), Some(3));
}

#[test]
fn a_server_reads_requests_and_writes_responses() {
    use api_request::{ApiRequest, BaseUrl, FromHttp};
    use server::jobs::{CreateJob, CreateJobResponse, CreateJobStep, Job, JobObject, JobState};

    let base: BaseUrl = "https://api.example.com".parse().expect("it is a URL");
    let create = CreateJob {
        name: "build".to_owned(),
        steps: Some(vec![CreateJobStep {
            run: "make".to_owned(),
            limit: None,
        }]),
    };
    let http = create.to_http(&base).expect("it can be sent");
    let bytes = http.body().as_bytes().expect("it is in memory").clone();
    let read = CreateJob::from_http(http.map(|_| bytes)).expect("it is what was sent");
    assert_eq!(
        read.steps.map(|steps| steps[0].run.clone()),
        Some("make".to_owned())
    );

    let job = Job {
        id: "j1".to_owned(),
        object: JobObject::Job,
        state: JobState::Done,
        note: None,
        parts: None,
    };
    let response = CreateJob::respond(Ok(CreateJobResponse::Created(job)));
    assert_eq!(response.status(), 201);
    assert_eq!(
        response.body().as_bytes().expect("it is in memory"),
        r#"{"id":"j1","object":"job","state":"done"}"#
    );
}

#[test]
fn pages_of_several_items_are_one_type() {
    use pages::{keys::ListKeys, teams::GetTeam};

    let response = http::Response::new(r#"{"data": [{"id": "k1"}], "has_more": true}"#.into());
    let page = <ListKeys as api_request::ApiRequest>::decode(response).expect("it is a page");
    assert_eq!((page.data[0].id.as_str(), page.has_more), ("k1", true));
    let team = r#"{"data": {"id": "t1", "users": [{"id": "u1", "name": "x"}]}}"#;
    let response = http::Response::new(team.into());
    let team = <GetTeam as api_request::ApiRequest>::decode(response).expect("it is a team");
    assert_eq!(team.data.users[0].name, "x");
}
