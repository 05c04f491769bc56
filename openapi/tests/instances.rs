//! Instances of schemas: each is one that its schema allows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::Instant,
};

use api_request_openapi::{
    Document, Schema, Sources,
    instances::{Direction, Kind, Values},
};

/// The schemas that operations name, with what names them.
fn roots(document: &Document, direction: Direction) -> Vec<(String, &Schema)> {
    let mut roots = Vec::new();
    for operation in &document.operations {
        let name = format!("{} {}", operation.method, operation.path);
        let mut contents = Vec::new();
        match direction {
            Direction::Request => {
                for parameter in &operation.parameters {
                    let name = format!("{name}: `{}`", parameter.name);
                    roots.push((name, &parameter.schema));
                }
                contents.extend(operation.body.iter().map(|it| &it.content));
            }
            Direction::Response => {
                contents.extend(operation.responses.iter().map(|it| &it.content));
            }
        }
        for (kind, media) in contents.into_iter().flatten() {
            let schemas = media.schema.iter().chain(&media.item_schema);
            roots.extend(schemas.map(|schema| (format!("{name}: {kind}"), schema)));
        }
    }
    roots
}

/// What was found out about the schemas of a document.
#[derive(Default)]
struct Tally {
    schemas: usize,
    whole: usize,
    instances: usize,
    refused: usize,
    /// Why a schema has no smallest or no fullest instance, and why variations were refused.
    reasons: BTreeMap<String, Vec<String>>,
    variations: BTreeMap<String, Vec<String>>,
}

fn examine(sources: &Sources, document: &Document, is_thorough: bool, tally: &mut Tally) {
    for direction in [Direction::Request, Direction::Response] {
        let values = Values::new(document, direction);
        let mut seen = BTreeSet::new();
        for (name, schema) in roots(document, direction) {
            // Many operations refer to the same schema: it is looked at once.
            if schema.reference.is_some() && !seen.insert(&schema.reference) {
                continue;
            }
            let found = values.instances(schema);
            tally.schemas += 1;
            tally.instances += found.all.len();
            tally.refused += found.refused.len();
            for instance in found.all.iter().filter(|_| is_thorough) {
                let misfits = values.misfits(schema, &instance.value);
                assert_eq!(misfits, [], "{name}: {}: {}", instance.what, instance.value);
            }
            let is_whole =
                found.get(Kind::Smallest).is_some() && found.get(Kind::Fullest).is_some();
            tally.whole += usize::from(is_whole);
            if found.all.is_empty() && found.refused.is_empty() {
                let reasons = tally
                    .reasons
                    .entry("no value is found".to_owned())
                    .or_default();
                reasons.push(format!("{name}, {}", sources.place(schema.place)));
            }
            for (instance, misfit) in found.refused {
                let place = sources.place(misfit.place);
                let text = format!("{name}: {}: {}: {place}", instance.what, misfit.pointer);
                let reasons = match instance.kind {
                    Kind::Variation => &mut tally.variations,
                    _ => &mut tally.reasons,
                };
                reasons.entry(misfit.message).or_default().push(text);
            }
        }
    }
}

#[test]
fn the_small_documents_have_instances_of_all_schemas() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    for name in ["bodies", "parameters", "plain", "schemas"] {
        let sources = Sources::read(&folder.join(format!("{name}.yaml"))).expect("it is YAML");
        let document = Document::new(&sources).expect("it is OpenAPI");
        let mut tally = Tally::default();
        examine(&sources, &document, true, &mut tally);
        assert_eq!(tally.reasons, BTreeMap::new(), "{name}");
        assert_eq!(tally.whole, tally.schemas, "{name}");
    }
}

/// `DOCUMENTS=target/corpus/documents cargo test -p api-request-openapi --test instances -- --ignored --nocapture`
#[test]
#[ignore = "needs large public documents: `openapi/corpus.sh` fetches them"]
fn large_documents_have_instances_of_almost_all_schemas() {
    let Ok(folder) = std::env::var("DOCUMENTS") else {
        return;
    };
    let mut all = Tally::default();
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = files.map(|it| it.expect("it is there").path()).collect();
    paths.sort();
    for path in paths {
        let sources = Sources::read(&path).expect("it is JSON or YAML");
        let document = Document::new(&sources).expect("it is OpenAPI");
        let start = Instant::now();
        let mut tally = Tally::default();
        examine(&sources, &document, false, &mut tally);
        println!(
            "{}: {} of {} schemas, {} instances, {} refused, {:.1} s",
            path.display(),
            tally.whole,
            tally.schemas,
            tally.instances,
            tally.refused,
            start.elapsed().as_secs_f64(),
        );
        for (kind, reasons) in [("", &tally.reasons), ("variations: ", &tally.variations)] {
            for (reason, names) in reasons {
                println!("    {kind}{} of {reason}", names.len());
                names
                    .iter()
                    .take(3)
                    .for_each(|name| println!("        {name}"));
            }
        }
        all.schemas += tally.schemas;
        all.whole += tally.whole;
    }
    println!("{} of {} schemas", all.whole, all.schemas);
    assert!(all.whole * 1000 >= all.schemas * 995);
}
