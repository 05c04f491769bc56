//! `serve`: the stand-in for other programs.

use std::io::{BufRead, BufReader};

use serde_json::json;

use crate::{program, run};

#[test]
fn what_one_program_creates_another_one_lists() {
    let mut serving = program(&["serve", "--port", "0"]).spawn().unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let (base, key) = line.split_once(" with the key ").unwrap();
    let there = ["--base-url", base, "--api-key", key];
    let created = run(&[&["keys", "create", "--name", "First"], &there[..]].concat()).json();
    assert_eq!(created["data"]["name"], "First");
    let keys = run(&[&["keys", "list", "--json"], &there[..]].concat()).json();
    assert_eq!(keys[1], created["data"]);
    let hash = keys[1]["hash"].as_str().unwrap();
    let deleted = run(&[&["keys", "delete", hash], &there[..]].concat()).json();
    assert_eq!(deleted, json!({"deleted": true}));
    serving.kill().unwrap();
    serving.wait().unwrap();
}
