//! What instances schemas have, and what schemas do not allow of values, keyword by keyword.

use api_request_openapi::{
    Document, Schema, Sources,
    instances::{Direction, Instances, Kind, Values, at, place_at, spelled},
};
use serde_json::{Value as Json, json};

/// A document with a schema as the body of a request and of a response, and with others that it may refer to.
fn document(schema: &Json) -> (Sources, Document) {
    let content = json!({"application/json": {"schema": schema}});
    let text = json!({
        "openapi": "3.1.0",
        "paths": {"/a": {"put": {"requestBody": {"content": content}, "responses": {"200": {"content": content}}}}},
        "components": {"schemas": {
            "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
            "Tree": {"type": "object", "required": ["all"], "properties": {
                "left": {"$ref": "#/components/schemas/Tree"},
                "all": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}
            }},
            "Endless": {"type": "object", "required": ["next"], "properties": {
                "next": {"$ref": "#/components/schemas/Endless"}
            }},
            "Circle": {"$ref": "#/components/schemas/Circle"},
            "List": {"oneOf": [
                {"type": "object", "required": ["rest"], "properties": {"rest": {"$ref": "#/components/schemas/List"}}},
                {"type": "string", "enum": ["end"]}
            ]},
            "Fish": {"type": "object", "properties": {"fins": {"type": "integer"}}},
            "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
            "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
            "Pet": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind"}},
            "Bird": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"wings": {"const": 2}}}]}
        }}
    });
    let text = serde_json::to_string_pretty(&text).expect("it is JSON");
    let sources = Sources::from_text("a.json", &text).expect("it is JSON");
    let document = Document::new(&sources).expect("it is OpenAPI");
    (sources, document)
}

fn of(document: &Document, direction: Direction) -> &Schema {
    let operation = &document.operations[0];
    let content = match direction {
        Direction::Request => &operation.body.as_ref().expect("it has a body").content,
        Direction::Response => &operation.responses[0].content,
    };
    content[0].schema.as_ref().expect("it has a schema")
}

fn instances(schema: &Json, direction: Direction) -> Instances {
    let (_, document) = document(schema);
    Values::new(&document, direction).instances(of(&document, direction))
}

fn refers(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn each_keyword_is_obeyed() {
    let text = |more: Json| {
        let mut schema = json!({"type": "string"});
        let members = schema.as_object_mut().expect("it is an object");
        members.extend(more.as_object().expect("it is an object").clone());
        schema
    };
    let object = |properties: Json| json!({"type": "object", "properties": properties});
    #[rustfmt::skip]
    let rows = [
        // schema, the smallest, the fullest
        (json!({}), json!({}), json!({})),
        (json!({"type": "boolean"}), json!(true), json!(true)),
        (text(json!({})), json!("a"), json!("text")),
        (text(json!({"minLength": 6})), json!("aaaaaa"), json!("textaa")),
        (text(json!({"maxLength": 2})), json!("a"), json!("a")),
        (text(json!({"maxLength": 0})), json!(""), json!("")),
        (text(json!({"pattern": "^[A-Z]{3}-\\d+$"})), json!("AAA-1"), json!("AAA-1")),
        (text(json!({"pattern": "^(cat|elephant|x{9})$"})), json!("cat"), json!("cat")),
        (text(json!({"pattern": "^\\w+\\/[^\\s/]*$", "minLength": 8})), json!("aaaaaaa/"), json!("aaaaaaa/")),
        (text(json!({"pattern": "^a", "minLength": 3})), json!("aaa"), json!("aaa")),
        (text(json!({"format": "date-time"})), json!("2024-01-02T03:04:05Z"), json!("2024-01-02T03:04:05Z")),
        (text(json!({"format": "uuid"})), json!("123e4567-e89b-42d3-a456-426614174000"), json!("123e4567-e89b-42d3-a456-426614174000")),
        (text(json!({"format": "byte"})), json!("YQ=="), json!("YQ==")),
        (text(json!({"format": "date", "example": "1/2/2024"})), json!("2024-01-02"), json!("2024-01-02")),
        (text(json!({"format": "phone", "example": "+1 555"})), json!("+1 555"), json!("+1 555")),
        (text(json!({"enum": ["x", "y"]})), json!("x"), json!("x")),
        (text(json!({"enum": [1, "y"]})), json!("1"), json!("1")),
        (json!({"const": 7}), json!(7), json!(7)),
        (json!({"type": "integer"}), json!(1), json!(1)),
        (json!({"type": "integer", "minimum": 5}), json!(5), json!(5)),
        (json!({"type": "integer", "exclusiveMinimum": 5}), json!(6), json!(6)),
        (json!({"type": "integer", "minimum": 5, "exclusiveMinimum": true}), json!(6), json!(6)),
        (json!({"type": "integer", "maximum": -5}), json!(-5), json!(-5)),
        (json!({"type": "integer", "minimum": 7, "multipleOf": 5}), json!(10), json!(10)),
        (json!({"type": "integer", "minimum": 18_446_744_073_709_551_610_u64}), json!(18_446_744_073_709_551_610_u64), json!(18_446_744_073_709_551_610_u64)),
        (json!({"type": "integer", "minimum": 1.0, "example": 3.0}), json!(1), json!(1)),
        (json!({"type": "integer", "format": "int64", "example": 5}), json!(5), json!(3_000_000_000_u64)),
        (json!({"type": "integer", "format": "int64", "maximum": 9}), json!(1), json!(1)),
        (json!({"type": "number"}), json!(1), json!(1.5)),
        (json!({"type": "number", "minimum": 0, "maximum": 1}), json!(1), json!(0.5)),
        (json!({"type": "number", "multipleOf": 0.01, "exclusiveMaximum": 0}), json!(-0.01), json!(-0.5)),
        (json!({"type": "array", "items": {"type": "string"}}), json!([]), json!(["text"])),
        (json!({"type": "array", "items": {"type": "string"}, "minItems": 2}), json!(["a", "a"]), json!(["text", "text"])),
        (json!({"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": true}), json!([1, 2, 3]), json!([1, 2, 3])),
        (json!({"type": "array", "items": {"enum": ["x", "y"]}, "minItems": 2, "uniqueItems": true}), json!(["x", "y"]), json!(["x", "y"])),
        (json!({"type": "array", "items": {}, "maxItems": 0}), json!([]), json!([])),
        (json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "boolean"}]}), json!([]), json!([1, true])),
        (json!({"type": "array", "contains": {"const": "x"}}), json!(["x"]), json!(["x"])),
        (object(json!({"a": {"type": "integer"}})), json!({}), json!({"a": 1})),
        (json!({"required": ["b"], "properties": {"a": {"type": "integer"}}}), json!({"b": "text"}), json!({"a": 1, "b": "text"})),
        (json!({"type": "object", "additionalProperties": {"type": "integer"}}), json!({}), json!({"key": 1})),
        (json!({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2}), json!({"key": 1, "key1": 1}), json!({"key": 1, "key1": 1})),
        (json!({"minProperties": 1, "properties": {"a": {"type": "integer"}}}), json!({"a": 1}), json!({"a": 1})),
        (json!({"maxProperties": 1, "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}), json!({}), json!({"a": 1})),
        (json!({"patternProperties": {"^x-": {"type": "integer"}}}), json!({}), json!({"x-": 1})),
        (json!({"required": ["z"], "additionalProperties": false, "properties": {"a": {"const": 1}}}), json!({}), json!({"a": 1})),
        (json!({"allOf": [refers("Base"), object(json!({"a": {"const": 1}}))]}), json!({"id": 1}), json!({"id": 1, "a": 1})),
        (json!({"additionalProperties": false, "allOf": [refers("Base")]}), json!({"id": 1}), json!({"id": 1})),
        (json!({"allOf": [{"type": "number", "minimum": 3}, {"type": "integer", "minimum": 2}]}), json!(3), json!(3)),
        (refers("Tree"), json!({"all": []}), json!({"left": {"all": []}, "all": [{"all": []}]})),
        (refers("List"), json!("end"), json!({"rest": "end"})),
        (refers("Circle"), json!({}), json!({})),
        (json!({"properties": {"a": {"const": 1}, "b": {"const": 2}}, "not": {"required": ["a", "b"]}}), json!({}), json!({"a": 1})),
        (refers("Bird"), json!({"kind": "Bird"}), json!({"kind": "Bird", "wings": 2})),
    ];
    for (schema, smallest, fullest) in rows {
        let found = instances(&schema, Direction::Response);
        let value = |kind| found.get(kind).map(|it| it.value.clone());
        assert_eq!(
            value(Kind::Smallest),
            Some(smallest),
            "{schema}: {:?}",
            found.refused
        );
        assert_eq!(
            value(Kind::Fullest),
            Some(fullest),
            "{schema}: {:?}",
            found.refused
        );
    }
}

#[test]
fn what_contains_itself_without_an_end_has_no_instance() {
    let found = instances(&refers("Endless"), Direction::Response);
    assert!(found.all.is_empty() && found.refused.is_empty());
}

#[test]
fn what_nests_deeply_is_no_overflow() {
    let mut schema = json!({"type": "integer"});
    for level in 0..36 {
        schema = match level % 3 {
            0 => json!({"type": "object", "required": ["a"], "properties": {"a": schema}}),
            1 => json!({"allOf": [schema], "nullable": true}),
            _ => json!({"type": "array", "items": {"oneOf": [schema]}, "minItems": 1}),
        };
    }
    assert!(instances(&schema, Direction::Response).refused.is_empty());
}

#[test]
fn a_pattern_without_a_match_is_not_checked() {
    let found = instances(
        &json!({"properties": {"a": {"type": "string", "pattern": "^(?=b)a"}}}),
        Direction::Response,
    );
    let fullest = found.get(Kind::Fullest).expect("there is one");
    assert_eq!(
        (&fullest.value, fullest.unsure.as_slice()),
        (&json!({"a": "text"}), &["/a".to_owned()][..])
    );
}

#[test]
fn a_variation_differs_in_one_place() {
    let state = json!({"enum": ["active", "on_hold", "gone"]});
    #[rustfmt::skip]
    let rows = [
        (json!({"properties": {"state": state}}), vec![r#"/state: `state` = "on_hold""#, r#"/state: `state` = "gone""#]),
        (json!({"type": ["string", "null"]}), vec![": `the value` = null"]),
        (json!({"type": ["string", "integer"]}), vec![": `the value` = a number"]),
        (json!({"type": "array", "items": {"type": ["object", "null"], "properties": {"a": state}}}),
            vec![": `the value` = []", "/0: `[0]` = null", r#"/0/a: `[0].a` = "on_hold""#, "/0: `[0]` = {}", r#"/0/a: `[0].a` = "gone""#]),
        (json!({"properties": {"a": {"oneOf": [refers("Base"), {"type": "null"}]}}}), vec!["/a: `a` = null"]),
        (json!({"properties": {"a": {"anyOf": [{"$ref": "#/components/schemas/Base"}], "nullable": true}}}), vec!["/a: `a` = null"]),
        (json!({"oneOf": [refers("Cat"), refers("Dog")], "discriminator": {"propertyName": "kind", "mapping": {"woof": "#/components/schemas/Dog"}}}),
            vec![": `the value` = an object with `kind`"]),
        // Of an alternative, there are variations too.
        (json!({"oneOf": [{"type": "string"}, {"required": ["s"], "properties": {"s": {"enum": [1, 2]}}}]}),
            vec![": `the value` = an object with `s`", "/s: `s` = 2"]),
        (json!({"allOf": [{"nullable": true, "type": "string"}, {"type": "string"}]}), vec![]),
    ];
    for (schema, expected) in rows {
        let found = instances(&schema, Direction::Response);
        let variations = found.all.iter().filter(|it| it.kind == Kind::Variation);
        let texts: Vec<String> = variations
            .map(|it| format!("{}: {}", it.pointer, it.what))
            .collect();
        assert_eq!(texts, expected, "{schema}");
        assert!(found.refused.is_empty(), "{schema}: {:?}", found.refused);
    }
}

#[test]
fn alternatives_are_told_apart_by_their_discriminator() {
    let schema = json!({"oneOf": [refers("Cat"), {"allOf": [refers("Dog")]}, refers("Fish")],
        "discriminator": {"propertyName": "kind", "mapping": {"woof": "#/components/schemas/Dog"}}});
    let found = instances(&schema, Direction::Response);
    let values: Vec<&Json> = found.all.iter().map(|it| &it.value).collect();
    let expected = [
        json!({"kind": "Cat"}),
        json!({"kind": "Cat", "lives": 1}),
        json!({"kind": "woof"}),
        json!({"fins": 1, "kind": "Fish"}),
    ];
    assert_eq!(values, expected.iter().collect::<Vec<_>>());
}

#[test]
fn members_go_in_one_direction() {
    let schema = json!({"required": ["id", "secret"], "properties": {
        "id": {"type": "integer", "readOnly": true}, "secret": {"type": "string", "writeOnly": true}}});
    for (direction, member, other) in [
        (Direction::Request, "secret", "id"),
        (Direction::Response, "id", "secret"),
    ] {
        let (_, document) = document(&schema);
        let values = Values::new(&document, direction);
        let schema = of(&document, direction);
        for instance in values.instances(schema).all {
            let names: Vec<&String> = instance
                .value
                .as_object()
                .expect("it is an object")
                .keys()
                .collect();
            assert_eq!(names, [member]);
        }
        let undeclared = values.undeclared(schema, &json!({other: 1}));
        assert_eq!(undeclared[0].pointer, format!("/{other}"));
        let misfits = values.misfits(schema, &json!({}));
        assert_eq!(
            misfits[0].message,
            format!("the member `{member}` is missing")
        );
    }
}

#[test]
fn a_misfit_has_its_place_and_no_value() {
    let schema = json!({"properties": {
        "base": refers("Base"),
        "state": {"enum": ["a", "b"]},
        "at": {"type": "string", "format": "date-time"},
        "code": {"type": ["string", "null"], "pattern": "^[a-z]+$", "maxLength": 3},
        "either": {"oneOf": [{"type": "integer"}, {"properties": {"x": {"type": "boolean"}}}]},
        "count": {"type": "integer", "maximum": 5},
        "map": {"additionalProperties": {"type": "integer"}, "not": {"required": ["bad"]}},
        "open": {"nullable": true, "allOf": [refers("Base")]}
    }, "additionalProperties": false});
    #[rustfmt::skip]
    let rows = [
        (json!({"base": {}}), vec!["/base: the member `id` is missing"]),
        (json!({"base": {"id": "SECRET"}}), vec!["/base/id: the value is not of the type `integer`"]),
        (json!({"state": "SECRET"}), vec!["/state: the value is none of those that the schema lists"]),
        (json!({"at": "SECRET"}), vec!["/at: the value is not of the format `date-time`"]),
        (json!({"code": "SECRET"}), vec!["/code: the value has more than 3 characters", "/code: the value does not match `^[a-z]+$`"]),
        (json!({"code": null, "open": null}), vec![]),
        (json!({"code": 1}), vec!["/code: the value is not of the type `null` or `string`"]),
        (json!({"either": {"x": "SECRET"}}), vec!["/either/x: the value is not of the type `boolean`"]),
        (json!({"either": "SECRET"}), vec![]),
        (json!({"count": 6}), vec!["/count: the value is greater than 5"]),
        (json!({"count": 1.0}), vec![]),
        (json!({"map": {"x/y": "SECRET"}}), vec!["/map/x~1y: the value is not of the type `integer`"]),
        (json!({"map": {"bad": 1}}), vec!["/map: the value is one that the schema excludes"]),
        (json!({"other": 1}), vec![": the schema does not have the member `other`"]),
        (json!({"open": {"id": 1}}), vec![]),
    ];
    let (sources, document) = document(&schema);
    let schema = of(&document, Direction::Response);
    let values = Values::new(&document, Direction::Response);
    for (value, expected) in rows {
        let misfits = values.misfits(schema, &value);
        let texts: Vec<String> = misfits
            .iter()
            .map(|it| format!("{}: {}", it.pointer, it.message))
            .collect();
        assert_eq!(texts, expected, "{value}");
        assert!(texts.iter().all(|text| !text.contains("SECRET")));
        for misfit in misfits {
            let name = misfit.pointer.rsplit('/').next().unwrap_or_default();
            let place = place_at(&document, schema, &misfit.pointer);
            assert!(
                misfit.place.line > 1 && place.line > 1,
                "{name}: {}",
                sources.place(place)
            );
        }
    }
}

#[test]
fn a_member_that_no_schema_lists_is_undeclared() {
    let cat_or_dog = json!({"oneOf": [
        {"required": ["cat"], "properties": {"cat": {"const": "c"}, "lives": {}}},
        {"required": ["dog"], "properties": {"dog": {"const": "d"}, "tail": {"properties": {"x": {}}}}}
    ]});
    #[rustfmt::skip]
    let rows = [
        (refers("Base"), json!({"id": 1, "name": 1}), vec!["/name"]),
        (json!({"type": "array", "items": refers("Base")}), json!([{"id": 1}, {"a/b": 1}]), vec!["/1/a~1b"]),
        (json!({"allOf": [refers("Base"), {"properties": {"a": {}}}]}), json!({"id": 1, "a": 1, "b": 1}), vec!["/b"]),
        (cat_or_dog.clone(), json!({"cat": "c", "lives": 9, "tail": {}}), vec!["/tail"]),
        (cat_or_dog, json!({"dog": "d", "tail": {"x": 1, "y": 1}}), vec!["/tail/y"]),
        (json!({"type": "object"}), json!({"a": 1}), vec![]),
        (json!({"properties": {"a": {}}, "additionalProperties": true}), json!({"b": 1}), vec![]),
        (json!({"properties": {"a": {}}, "additionalProperties": refers("Base")}), json!({"b": {"c": 1}}), vec!["/b/c"]),
        (json!({"properties": {"a": {"type": "object"}}}), json!({"a": {"b": 1}}), vec![]),
        (json!({"properties": {"a": {}}, "patternProperties": {"^x": {}}}), json!({"x1": 1}), vec![]),
    ];
    for (schema, value, expected) in rows {
        let (_, document) = document(&schema);
        let values = Values::new(&document, Direction::Response);
        let found = values.undeclared(of(&document, Direction::Response), &value);
        let pointers: Vec<&str> = found.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, expected, "{schema}: {value}");
    }
}

#[test]
fn a_pointer_leads_to_the_schemas_of_a_value() {
    let schema = json!({"properties": {"data": {"type": "array", "items": {"anyOf": [{"type": "null"}, refers("Base")]}}}});
    let (_, document) = document(&schema);
    let schema = of(&document, Direction::Response);
    let found = at(&document, schema, "/data/7/id");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].types, [api_request_openapi::Type::Integer]);
    assert!(at(&document, schema, "/data/7/other").is_empty());
    assert_eq!(spelled("/data/0/a~1b/c d"), "data[0].a/b.c d");
}

#[test]
fn a_schema_is_json_schema() {
    let (_, document) =
        document(&json!({"properties": {"base": refers("Base")}, "minProperties": 1}));
    let values = Values::new(&document, Direction::Request);
    let mut schema = values.json_schema(of(&document, Direction::Request));
    let base = schema["$defs"]["0/components/schemas/Base"].take();
    assert_eq!(base["required"], json!(["id"]));
    assert_eq!(schema["minProperties"], 1);
    assert_eq!(
        schema["properties"]["base"]["$ref"],
        "#/$defs/0~1components~1schemas~1Base"
    );
}
