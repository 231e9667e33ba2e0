//! What code, tests and manifests must not contain.

use super::Source;
use super::lexer::code_only;

/// Calls that panic. `main` may use them: it answers no request.
const PANICS: [&str; 6] = [
    ".unwrap()",
    ".expect(",
    "panic!(",
    "todo!(",
    "unimplemented!(",
    "unreachable!(",
];

/// Panics in the product.
pub fn panics(sources: &[Source]) -> Vec<String> {
    let product = sources
        .iter()
        .filter(|s| s.is_product() && s.path != "src/main.rs");
    product
        .flat_map(|source| find_in_code(source, source.product_text(), &PANICS))
        .collect()
}

/// The files that call functions of C.
const UNSAFE_FILES: [&str; 2] = ["src/db/interrupt.rs", "src/memory.rs"];

/// Unsafe code in other files.
pub fn unsafe_elsewhere(sources: &[Source]) -> Vec<String> {
    let others = sources
        .iter()
        .filter(|source| source.is_rust() && !UNSAFE_FILES.contains(&source.path.as_str()));
    let words = [
        "unsafe {",
        "unsafe fn",
        "unsafe impl",
        "unsafe extern",
        "allow(unsafe_code)",
    ];
    others
        .flat_map(|source| find_in_code(source, &source.text, &words))
        .collect()
}

/// Notes about work that is left to do.
pub fn notes(sources: &[Source]) -> Vec<String> {
    let marks = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["X", "XX"].concat(),
    ];
    sources
        .iter()
        .filter(|source| !source.path.ends_with(".lock") && !source.path.ends_with("lock.json"))
        .flat_map(|source| {
            let complaints = marks
                .iter()
                .filter_map(|mark| Some((source.text.find(mark.as_str())?, mark)));
            let complaints =
                complaints.map(|(offset, mark)| format!("{}: {mark}", source.location(offset)));
            complaints.collect::<Vec<_>>()
        })
        .collect()
}

/// Tests that wait for time to pass instead of for a condition.
pub fn sleeps(sources: &[Source]) -> Vec<String> {
    let is_test = |source: &&Source| {
        source.is_rust() && (source.path.starts_with("tests/") || source.path.starts_with("src/"))
    };
    let words = ["thread::sleep(", "time::sleep(", " sleep(", "sleep_ms("];
    sources
        .iter()
        .filter(is_test)
        .flat_map(|source| {
            let from = if source.is_product() {
                source.product_text().len()
            } else {
                0
            };
            let mut blanked = " ".repeat(from);
            blanked.push_str(&source.text[from..]);
            find_in_code(source, &blanked, &words)
        })
        .collect()
}

fn find_in_code(source: &Source, text: &str, words: &[&str]) -> Vec<String> {
    let code = code_only(text);
    let complaints = words.iter().flat_map(|word| {
        code.match_indices(word)
            .map(|(offset, word)| (offset, word.trim()))
    });
    complaints
        .map(|(offset, word)| format!("{}: {word}", source.location(offset)))
        .collect()
}

/// Paths of one machine and hosts of registries.
pub fn machine_paths(sources: &[Source]) -> Vec<String> {
    let places = [
        ["/wo", "rk/"].concat(),
        ["/ro", "ot/"].concat(),
        ["/ho", "me/"].concat(),
        ["/Us", "ers/"].concat(),
        ["npm", "js.org"].concat(),
        ["index.crates", ".io"].concat(),
        ["static.crates", ".io"].concat(),
        ["pypi", ".org"].concat(),
    ];
    sources
        .iter()
        .flat_map(|source| {
            let complaints = places
                .iter()
                .filter_map(|place| Some((source.text.find(place.as_str())?, place)));
            complaints
                .map(|(offset, place)| format!("{}: {place}", source.location(offset)))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// npm lock files that contain download addresses.
pub fn download_addresses(sources: &[Source]) -> Vec<String> {
    let locks = sources
        .iter()
        .filter(|source| source.path.ends_with("package-lock.json"));
    locks
        .filter_map(|lock| {
            Some(format!(
                "{}: resolved",
                lock.location(lock.text.find("\"resolved\":")?)
            ))
        })
        .collect()
}

/// Crates in the manifest without a comment that gives the reason for them.
pub fn unexplained_dependencies(sources: &[Source]) -> Vec<String> {
    let Some(manifest) = sources.iter().find(|source| source.path == "Cargo.toml") else {
        return vec!["no Cargo.toml".into()];
    };
    let (mut in_dependencies, mut before, mut found) = (false, "", Vec::new());
    for line in manifest.text.lines() {
        if line.starts_with('[') {
            in_dependencies = line.trim_end_matches(']').ends_with("dependencies");
        } else if in_dependencies && line.contains('=') {
            let is_sentence =
                before.starts_with("# ") && before.ends_with('.') && before.contains(' ');
            if !is_sentence {
                found.push(format!("Cargo.toml: {line}"));
            }
        }
        before = line;
    }
    found
}

#[test]
fn a_panic_is_found_in_code_only() {
    let text = "//! .unwrap()\nfn a() { b(\"panic!(\"); c.unwrap() }\n#[cfg(test)]\nmod tests {\n x.unwrap() }\n";
    let complaints = panics(&[
        Source::planted("src/a.rs", text),
        Source::planted("src/main.rs", text),
    ]);
    assert_eq!(complaints, ["src/a.rs:2: .unwrap()"]);
}

#[test]
fn unsafe_code_is_found_outside_its_file() {
    let text = "#![allow(unsafe_code)]\n// unsafe {\nfn a() { unsafe { b() } }\n";
    let complaints = unsafe_elsewhere(&[
        Source::planted("src/a.rs", text),
        Source::planted("src/db/interrupt.rs", text),
    ]);
    assert_eq!(
        complaints,
        ["src/a.rs:3: unsafe {", "src/a.rs:1: allow(unsafe_code)"]
    );
}

#[test]
fn a_note_is_found() {
    let note = ["// TO", "DO later\n"].concat();
    assert_eq!(notes(&[Source::planted("static/a.js", &note)]).len(), 1);
}

#[test]
fn a_sleeping_test_is_found() {
    let test = Source::planted("tests/a.rs", "fn a() { std::thread::sleep(d); }");
    let unit = Source::planted(
        "src/a.rs",
        "fn a() { time::sleep(d) }\n#[cfg(test)]\nmod tests {\nfn b() { time::sleep(d) } }",
    );
    assert_eq!(
        sleeps(&[test, unit]),
        ["tests/a.rs:1: thread::sleep(", "src/a.rs:4: time::sleep("]
    );
}

#[test]
fn the_path_of_a_machine_is_found() {
    let path = ["see /ho", "me/me/x"].concat();
    assert_eq!(
        machine_paths(&[Source::planted("docs/a.md", &path)]).len(),
        1
    );
}

#[test]
fn a_crate_without_a_reason_is_found() {
    let manifest =
        "[dependencies]\n# Serves pages.\nactix = \"4\"\nserde = \"1\"\n[profile.dev]\ndebug = 1\n";
    let complaints = unexplained_dependencies(&[Source::planted("Cargo.toml", manifest)]);
    assert_eq!(complaints, ["Cargo.toml: serde = \"1\""]);
}

#[test]
fn a_download_address_in_a_lock_is_found() {
    let lock = Source::planted("static/package-lock.json", "{\n\"resolved\": \"x\"}");
    assert_eq!(
        download_addresses(&[lock]),
        ["static/package-lock.json:2: resolved"]
    );
}
