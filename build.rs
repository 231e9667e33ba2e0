//! Builds the assets: npm packages and our sources side by side in `OUT_DIR`, bundled by `static/build.mjs`,
//! and listed in a generated Rust file with one constant per asset.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const NO_NODE: &str = "Node.js 20 or newer with npm is needed to build the assets: install it, see that \
    `node` and `npm` are on the PATH, and build again.";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=static");
    println!("cargo::rerun-if-changed=migrations");
    if let Err(sentence) = build() {
        for line in sentence.lines().filter(|line| !line.trim().is_empty()) {
            println!("cargo::error={line}");
        }
    }
}

fn build() -> Result<(), String> {
    let out =
        PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: build with cargo.")?);
    let room = out.join("static");
    check_node()?;
    copy_sources(Path::new("static"), &room)
        .map_err(|error| format!("The assets can't be copied: {error}"))?;
    install(&room)?;
    run("node", &["build.mjs"], &room, "The assets can't be bundled")?;
    let table =
        table(&room.join("out")).map_err(|error| format!("The assets can't be listed: {error}"))?;
    fs::write(out.join("assets.rs"), table)
        .map_err(|error| format!("The assets can't be listed: {error}"))
}

/// Node.js is there and new enough.
fn check_node() -> Result<(), String> {
    let version = command("node")
        .arg("--version")
        .output()
        .map_err(|_| NO_NODE)?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < 20) {
        return Err(NO_NODE.to_owned());
    }
    command("npm")
        .arg("--version")
        .output()
        .map(|_| ())
        .map_err(|_| NO_NODE.to_owned())
}

/// A command without the variables through which packages of elsewhere could win.
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .env_remove("NODE_PATH")
        .env_remove("NODE_OPTIONS")
        .env_remove("NODE_ENV");
    command
}

/// Copies our sources, and takes away what was renamed or deleted since; packages stay.
fn copy_sources(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for old in fs::read_dir(to)? {
        let old = old?;
        if old.file_name() == "node_modules" || old.file_name() == ".installed" {
            continue;
        }
        if old.file_type()?.is_dir() {
            fs::remove_dir_all(old.path())?
        } else {
            fs::remove_file(old.path())?
        }
    }
    copy_folder(from, to)
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name() == "node_modules" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            fs::write(&target, fs::read(&source)?)?;
        }
    }
    Ok(())
}

/// Installs the exact packages of the lock file, if it is another than the last time.
fn install(room: &Path) -> Result<(), String> {
    let lock = fs::read(room.join("package-lock.json"))
        .map_err(|error| format!("static/package-lock.json: {error}"))?;
    let stamp = room.join(".installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock)
        && room.join("node_modules").is_dir()
    {
        return Ok(());
    }
    let _ = fs::remove_file(&stamp);
    let arguments = [
        "ci",
        "--ignore-scripts",
        "--include=optional",
        "--no-audit",
        "--no-fund",
        "--prefer-offline",
    ];
    run(
        "npm",
        &arguments,
        room,
        "The packages of static/package-lock.json can't be installed",
    )?;
    fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}

fn run(program: &str, arguments: &[&str], room: &Path, failure: &str) -> Result<(), String> {
    let done: Output = command(program)
        .args(arguments)
        .current_dir(room)
        .output()
        .map_err(|_| NO_NODE)?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!(
        "{failure}:\n{}",
        String::from_utf8_lossy(&done.stderr)
    ))
}

/// The Rust file: one constant per line of `assets.tsv`, all of them in a slice, and the hash of the set.
fn table(out: &Path) -> io::Result<String> {
    let listed = fs::read_to_string(out.join("assets.tsv"))?;
    let (mut table, mut all, mut set) = (String::new(), String::new(), "");
    for line in listed.lines() {
        let [constant, name, file, kind, hash] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(io::Error::other(format!(
                "a line of assets.tsv is not understood: {line}"
            )));
        };
        let bytes =
            |suffix: &str| format!("include_bytes!({:?})", out.join(format!("{file}{suffix}")));
        let packed = |suffix: &str| {
            if kind == "text" {
                format!("Some({})", bytes(suffix))
            } else {
                "None".to_owned()
            }
        };
        let _ = writeln!(
            table,
            "/// `{name}`.\npub const {constant}: Asset = Asset {{"
        );
        let _ = writeln!(
            table,
            "    name: {name:?},\n    file: {file:?},\n    url: \"/static/{file}\","
        );
        let _ = writeln!(
            table,
            "    bytes: {},\n    br: {},\n    gz: {},\n}};",
            bytes(""),
            packed(".br"),
            packed(".gz")
        );
        let _ = write!(all, "{constant}, ");
        set = hash;
    }
    let _ = writeln!(
        table,
        "/// Every asset.\npub const ALL: &[Asset] = &[{all}];"
    );
    let _ = writeln!(
        table,
        "/// The hash of all of them together.\npub const SET: &str = {set:?};"
    );
    Ok(table)
}
