//! `api-request check`: it builds a package with the library of another, so this takes a while.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const MANIFEST: &str = r#"
[package]
name = "keys-api"
version = "0.1.0"
edition = "2024"

[features]
beta = []

[dependencies]
api-request = { path = "RUNTIME", default-features = false, features = ["server"] }

[profile.dev.package."*"]
debug = false

[workspace]
"#;

const LIBRARY: &str = r#"
use api_request::{ApiRequest, FromHttp};

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys", name = "listKeys", fields = query)]
pub struct ListKeys {
    pub limit: Option<u32>,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/users", name = "listUsers")]
pub struct ListUsers;

api_request::operations! { pub static OPERATIONS: [ListKeys] }

#[cfg(feature = "beta")]
pub mod beta {
    api_request::operations! { pub static ALL: [super::ListKeys, super::ListUsers] }
}
"#;

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Keys }
paths:
  /keys:
    get:
      operationId: listKeys
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses: { '204': { description: Nothing. } }
  /teams:
    get: { operationId: listTeams }
";

/// A package in a folder of its own, which builds in the folder of these tests.
struct Package {
    folder: PathBuf,
}

impl Package {
    /// The folder is always the same, so that little is built again.
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the folder can be removed");
        }
        fs::create_dir_all(&folder).expect("the folder can be made");
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let package = Self { folder };
        fs::create_dir(package.path("src")).expect("the folder can be made");
        let runtime = here.with_file_name("runtime");
        package.write(
            "Cargo.toml",
            &MANIFEST.replace("RUNTIME", &runtime.display().to_string()),
        );
        package.write("src/lib.rs", LIBRARY);
        package.write("openapi.yaml", DOCUMENT);
        fs::copy(
            here.with_file_name("Cargo.lock"),
            package.path("Cargo.lock"),
        )
        .expect("the lock is there");
        package
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("the file can be written");
    }

    /// Runs `api-request check`: the exit code, the output, the messages.
    fn check(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .expect("it is in one");
        let output = Command::new(env!("CARGO_BIN_EXE_api-request"))
            .arg("check")
            .args(arguments)
            .args(["--library-path", env!("CARGO_MANIFEST_DIR")])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target)
            // All that is needed has been built before.
            .env("CARGO_NET_OFFLINE", "true")
            .output()
            .expect("the program can be run");
        let text = |bytes| String::from_utf8(bytes).expect("it is text");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

#[test]
fn a_package_is_compared_with_a_document() {
    let package = Package::new("compared");
    let lock = fs::read(package.path("Cargo.lock")).expect("the lock is there");
    let expect = |arguments: &[&str], code: i32, output: &str| {
        let found = package.check(arguments);
        assert_eq!(
            found,
            (Some(code), output.to_owned(), String::new()),
            "{arguments:?}"
        );
    };
    expect(&["openapi.yaml"], 0, "1 operation, 0 differences\n");
    expect(
        &["openapi.yaml", "--complete"],
        1,
        "openapi.yaml:11: `listTeams`: the operation `GET /teams` is not declared\n1 operation, 1 difference\n",
    );
    let beta = [
        "openapi.yaml",
        "--operations",
        "keys_api::beta::ALL",
        "--features",
        "beta",
    ];
    expect(
        &beta,
        1,
        "openapi.yaml: `listUsers`: the operation `GET /users` is not in the document\n2 operations, 1 difference\n",
    );

    package.write(
        "openapi.yaml",
        &DOCUMENT.replace("in: query,", "in: query, required: true,"),
    );
    let difference =
        "openapi.yaml:8: `listKeys`: the query parameter `limit` is required, but may be left out";
    expect(
        &["openapi.yaml"],
        1,
        &format!("{difference}\n1 operation, 1 difference\n"),
    );
    package.write(
        "allowed.txt",
        "# What is known.\nlistKeys: query parameter `limit`: the document is ahead\n",
    );
    expect(
        &["openapi.yaml", "--allow", "allowed.txt"],
        0,
        &format!("allowed: {difference}: the document is ahead\n1 operation, 0 differences\n"),
    );
    assert_eq!(
        fs::read(package.path("Cargo.lock")).expect("the lock is there"),
        lock
    );
}

#[test]
fn what_cannot_be_compared_is_told_from_what_differs() {
    let package = Package::new("not-compared");
    let expect = |arguments: &[&str], messages: &[&str]| {
        let (code, output, error) = package.check(arguments);
        assert_eq!((code, output.as_str()), (Some(2), ""), "{error}");
        for message in messages {
            assert!(error.contains(message), "{message}\nis not in\n{error}");
        }
    };
    expect(
        &["none.yaml"],
        &["error: none.yaml: the file cannot be read"],
    );
    package.write("openapi.yaml", "swagger: '2.0'\n");
    expect(
        &["openapi.yaml"],
        &["error: openapi.yaml:1: Swagger 2.0 is not supported"],
    );
    package.write("openapi.yaml", DOCUMENT);
    package.write("allowed.txt", "ListKeys: query parameter `limit`\n");
    expect(
        &["openapi.yaml", "--allow", "allowed.txt"],
        &["error: allowed.txt:1: an allowance is written `operation: part: reason`"],
    );
    expect(
        &["openapi.yaml", "--operations", "keys-api::ALL"],
        &[
            "error: `--operations`: `keys-api::ALL` is not a path in the library: write `keys_api::OPERATIONS`",
        ],
    );
    expect(
        &["openapi.yaml", "--manifest-path", "none/Cargo.toml"],
        &["error: manifest path `none/Cargo.toml` does not exist"],
    );
    expect(
        &["openapi.yaml", "--features", "gamma"],
        &[
            "gamma",
            "error: what compares `keys_api::OPERATIONS` with the document cannot be built",
        ],
    );
    expect(
        &["openapi.yaml", "--operations", "keys_api::ALL"],
        &[
            "unresolved import `keys_api::ALL`",
            "error: what compares `keys_api::ALL` with the document cannot be built",
        ],
    );
    package.write(
        "src/lib.rs",
        &LIBRARY.replace("Option<u32>", "Option<Limit>"),
    );
    expect(
        &["openapi.yaml"],
        &[
            "cannot find type `Limit`",
            "error: what compares `keys_api::OPERATIONS` with the document cannot be built",
        ],
    );
    fs::rename(package.path("src/lib.rs"), package.path("src/main.rs"))
        .expect("the file can be renamed");
    expect(
        &["openapi.yaml"],
        &[
            "Cargo.toml: the package has no library: declarations that are compared are in `src/lib.rs`",
        ],
    );
}
