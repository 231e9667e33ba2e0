//! Paths that documents name.

use super::Source;

/// How names of files end.
const ENDS: [&str; 5] = [".rs", ".html", ".ftl", ".toml", ".sql"];

/// Where the documents begin a path.
const FOLDERS: [&str; 4] = ["", "src/", "tests/suite/", "locales/en/"];

/// Starts of what is no path of the repository: an address, what a build or the program makes, and a file that most
/// folders have.
const OTHERS: [&str; 4] = ["/", "target/", "data/", "mod.rs"];

/// `a/{b,c}.rs` → `a/b.rs`, `a/c.rs`.
fn expand(path: &str) -> Vec<String> {
    let open = path.find('{').unwrap_or(path.len());
    let close = open + path[open..].find('}').unwrap_or(0);
    if !path[open..close].contains(',') {
        return vec![path.to_owned()];
    }
    let parts = path[open + 1..close].split(',');
    let whole = |part: &str| format!("{}{}{}", &path[..open], part.trim(), &path[close + 1..]);
    parts.flat_map(|part| expand(&whole(part))).collect()
}

/// True for a path of the repository; placeholders, URLs and calls have other characters.
fn is_path(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    let is_named = text.contains('/') || ENDS.iter().any(|end| text.ends_with(end));
    is_named && text.chars().all(is_plain) && !OTHERS.iter().any(|other| text.starts_with(other))
}

fn exists(sources: &[Source], path: &str) -> bool {
    let is_below = |folder: &str, file: &Source| {
        let rest = file.path.strip_prefix(folder);
        let rest = rest.and_then(|rest| rest.strip_prefix(path.trim_end_matches('/')));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_in = |folder: &&str| sources.iter().any(|file| is_below(folder, file));
    FOLDERS.iter().any(is_in)
}

/// Paths in backticks that lead to no file and no folder.
pub fn dead_paths(sources: &[Source]) -> Vec<String> {
    let is_document = |path: &str| {
        let is_page = path.starts_with("docs/") && path.ends_with(".md");
        is_page || ["README.md", "CONTRIBUTING.md"].contains(&path)
    };
    let mut complaints = Vec::new();
    for document in sources.iter().filter(|source| is_document(&source.path)) {
        let texts = document.text.split("```").step_by(2);
        let spans = texts.flat_map(|text| text.split('`').skip(1).step_by(2));
        let dead = spans
            .flat_map(expand)
            .filter(|path| is_path(path) && !exists(sources, path));
        complaints.extend(dead.map(|path| format!("{}: {path}", document.path)));
    }
    complaints
}

#[test]
fn a_dead_path_of_a_document_is_found() {
    let readme = "`src/leads/`, `leads/{mod.rs,lead.rs}`, `leads.rs`, `mod.rs`, `/a.html`, \
        `src/lead/`, `{a,leads}/mod.rs`, `web.ftl`";
    let page = "```\n`a/b.rs`\n```\n`leads/{id}`, `GET a/b`, `target/a`, `b.rs`, `leads/le`";
    let planted = [
        Source::planted("src/leads/mod.rs", ""),
        Source::planted("src/leads/lead.rs", ""),
        Source::planted("tests/suite/leads.rs", ""),
        Source::planted("locales/en/web.ftl", ""),
        Source::planted("README.md", readme),
        Source::planted("docs/a/b.md", page),
    ];
    assert_eq!(
        dead_paths(&planted).join(", "),
        "README.md: src/lead/, README.md: a/mod.rs, docs/a/b.md: b.rs, docs/a/b.md: leads/le"
    );
}
