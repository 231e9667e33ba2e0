//! Clients that generators make of the OpenAPI document: they are made without a warning, all their calls succeed, and
//! nothing of an answer is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::packages::{npm_ci, python, run, stage};
use crate::support::{ALICE, TestApp};

fn sources(language: &str) -> PathBuf {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    clients.join(language)
}

/// A server on each database, after an import that clients take back.
async fn apps() -> Vec<TestApp> {
    let mut apps = vec![TestApp::sqlite().await];
    apps.extend(TestApp::postgres().await);
    for app in &apps {
        import_one(app);
    }
    apps
}

/// Imports a lead; the import is the newest change.
pub fn import_one(app: &TestApp) {
    let file = b"external_ref,name\nI-1,Imported\n";
    fs::write(app.dir().join("one.csv"), file).unwrap();
    let done = app.program(&["import", "leads", "one.csv"], "");
    assert!(done.status.success(), "{done:?}");
}

/// The document of a server, as a file.
async fn document(app: &TestApp) -> (PathBuf, Value) {
    let answer = app.visitor().get("/api/openapi.json").await.answer;
    let path = app.dir().join("openapi.json");
    fs::write(&path, answer.text()).unwrap();
    (path, answer.json())
}

#[tokio::test]
async fn a_client_of_openapi_python_client_makes_every_call() {
    let list = sources("python").join("requirements.txt");
    let Some(python) = python(&list, "python-client") else {
        return;
    };
    let apps = apps().await;
    let (document, _) = document(&apps[0]).await;
    let validate = ["-m", "openapi_spec_validator"];
    run(Command::new(&python).args(validate).arg(&document)).unwrap();
    let made = apps[0].dir().join("generated");
    let mut generate = Command::new(python.with_file_name("openapi-python-client"));
    generate.args(["generate", "--meta", "none", "--fail-on-warning"]);
    generate
        .arg("--config")
        .arg(sources("python").join("config.yml"));
    generate.arg("--path").arg(&document);
    generate.arg("--output-path").arg(&made);
    run(&mut generate).unwrap();
    for app in &apps {
        let mut calls = Command::new(&python);
        calls.arg("-B").arg(sources("python").join("calls.py"));
        calls.arg(apps[0].dir());
        run(calls.args([&app.base, app.token(ALICE)])).unwrap();
    }
}

#[tokio::test]
async fn a_client_with_the_types_of_openapi_typescript_makes_every_call() {
    let (sources, folder) = (sources("typescript"), stage("typescript-client"));
    fs::create_dir_all(&folder).unwrap();
    for file in fs::read_dir(&sources).unwrap().flatten() {
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    npm_ci(&folder, || {}, || {});
    let apps = apps().await;
    let (path, document) = document(&apps[0]).await;
    let tool = |name: &str| {
        let mut tool = Command::new("node");
        tool.arg(format!("node_modules/{name}"))
            .current_dir(&folder);
        tool
    };
    let mut generate = tool("openapi-typescript/bin/cli.js");
    let printed = run(generate.arg(path).args(["-o", "api.d.ts"])).unwrap();
    assert!(!printed.to_lowercase().contains("warn"), "{printed}");
    run(&mut tool("typescript/bin/tsc")).unwrap();
    for app in &apps {
        let setting = json!({
            "base": app.base, "token": app.token(ALICE), "operations": operations(&document),
        });
        let mut calls = Command::new("node");
        calls.args(["built/calls.js", &setting.to_string()]);
        run(calls.current_dir(&folder)).unwrap();
    }
}

/// Method and path of every operation.
fn operations(document: &Value) -> Vec<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, calls)| {
        let methods = calls.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    operations.collect()
}
