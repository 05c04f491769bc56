//! `serve`: the stand-in for other programs.

use std::{
    io::{BufRead, BufReader},
    process::Child,
};

use serde_json::json;

use crate::{program, run, run_with};

/// A stand-in that is killed when it is dropped.
struct Serving {
    program: Child,
    /// What leads another program to it.
    there: [String; 4],
}

impl Serving {
    fn start() -> Self {
        let mut program = program(&["serve", "--port", "0"]).spawn().unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let (base, key) = line.split_once(" with the key ").unwrap();
        let there = ["--base-url", base, "--api-key", key].map(str::to_owned);
        Self { program, there }
    }

    /// The arguments of another program.
    fn to<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        let there = self.there.iter().map(String::as_str);
        arguments.iter().copied().chain(there).collect()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn what_one_program_creates_another_one_lists() {
    let serving = Serving::start();
    let created = run(&serving.to(&["keys", "create", "--name", "First"])).json();
    assert_eq!(created["data"]["name"], "First");
    let keys = run(&serving.to(&["keys", "list", "--json"])).json();
    assert_eq!(keys[1], created["data"]);
    let hash = keys[1]["hash"].as_str().unwrap();
    let deleted = run(&serving.to(&["keys", "delete", hash])).json();
    assert_eq!(deleted, json!({"deleted": true}));
}

#[test]
fn a_video_is_waited_for() {
    let serving = Serving::start();
    let generate = [
        "videos",
        "generate",
        "--model",
        "google/veo-3.1",
        "--prompt",
        "a fox",
    ];
    let job = run(&serving.to(&generate)).json();
    let id = job["id"].as_str().unwrap();
    let waited = run(&serving.to(&["videos", "wait", id]));
    assert_eq!(
        waited.text(),
        format!("/api/v1/videos/{id}/content?index=0\n")
    );
    let unknown = run(&serving.to(&["videos", "wait", "x"]));
    assert_eq!((unknown.code, &*unknown.output), (4, ""), "{unknown:?}");
}

#[test]
fn a_list_has_the_items_of_all_pages() {
    let serving = Serving::start();
    let line = json!({"operation": "createKeys", "body": {"name": "One of many"}}).to_string();
    let arguments = serving.to(&["call", "--batch", "--input", "-"]);
    let made = run_with(&mut program(&arguments), &vec![line; 120].join("\n"));
    assert_eq!(made.text().lines().count(), 120);
    let table = run(&serving.to(&["keys", "list"]));
    // With the head, and the key that is there from the start.
    assert_eq!(table.text().lines().count(), 122);
}
