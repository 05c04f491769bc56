//! The program: what it prints, and its exit codes.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Keys }
paths:
  /keys:
    get: { operationId: listKeys, tags: [keys], parameters: [{ name: page, in: query, schema: { type: integer } }],
      responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { type: string } } } } } } }
  /users/{id}:
    get: { operationId: getUser, tags: [users], parameters: [{ name: id, in: path, style: label, schema: {} }] }
    delete: { operationId: deleteUser, tags: [users] }
";

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_api-request"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program can be run");
    let text = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    (status.code().unwrap_or(-1), text)
}

#[test]
fn exit_codes_tell_success_differences_and_failures_apart() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let folder = folder.path();
    let write = |name: &str, text: &str| {
        fs::write(folder.join(name), text).expect("the file can be written");
    };
    write("a.yaml", DOCUMENT);
    let generate = ["generate", "a.yaml", "--output", "src/api"];

    let (code, text) = run(folder, &generate);
    assert_eq!(
        (code, text.as_str()),
        (
            0,
            "2 operations of a.yaml are declared\n\
             guessed: a.yaml:5: `listKeys`: paging: page = page\n\
             left out: a.yaml:8: `getUser`: a path parameter of style `label`\n"
        )
    );
    let (code, text) = run(folder, &generate);
    assert_eq!(code, 2);
    assert!(
        text.starts_with("error: src/api/keys.rs: the file is there already"),
        "{text}"
    );

    let with = |last: &'static str| [generate.as_slice(), &[last]].concat();
    assert_eq!(run(folder, &with("--check")), (0, String::new()));
    write("a.yaml", &DOCUMENT.replace("name: page", "name: offset"));
    assert_eq!(
        run(folder, &with("--check")),
        (1, "out of date: keys.rs: ListKeys\n".to_owned())
    );
    assert_eq!(
        run(folder, &with("--update")),
        (0, "updated: keys.rs: ListKeys\n".to_owned())
    );
    assert_eq!(run(folder, &with("--update")), (0, String::new()));

    for (arguments, expected) in [
        (
            vec!["generate", "b.yaml", "--output", "b"],
            "error: b.yaml: the file cannot be read",
        ),
        (
            vec!["generate", "a.yaml", "--output", "b", "--tag", "none"],
            "error: the document has no tag `none`",
        ),
        (
            vec!["generate", "a.yaml", "--output", "b", "--operation", "none"],
            "error: the document has no operation `none`",
        ),
        (
            vec!["generate", "a.yaml", "--output", "b", "--check"],
            "error: b/api-request.lock: ",
        ),
    ] {
        let (code, text) = run(folder, &arguments);
        assert_eq!(code, 2, "{text}");
        assert!(text.starts_with(expected), "{text}");
    }
}

#[test]
fn an_update_keeps_to_what_was_selected() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let folder = folder.path();
    fs::write(folder.join("a.yaml"), DOCUMENT).expect("the file can be written");
    let (code, text) = run(
        folder,
        &["generate", "a.yaml", "--output", "src", "--tag", "keys"],
    );
    assert_eq!(code, 0, "{text}");
    assert!(folder.join("src/lib.rs").exists() && !folder.join("src/users.rs").exists());
    assert_eq!(
        run(
            folder,
            &["generate", "a.yaml", "--output", "src", "--update"]
        ),
        (0, String::new())
    );
    let arguments = [
        "generate",
        "a.yaml",
        "--output",
        "src",
        "--update",
        "--tag",
        "keys",
        "--operation",
        "deleteUser",
    ];
    let (code, text) = run(folder, &arguments);
    assert_eq!(code, 0);
    assert!(text.contains("added: users.rs: DeleteUser\n"), "{text}");
}
