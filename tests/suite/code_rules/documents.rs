//! Paths that documents name, and what CONTRIBUTING.md names in the files there.

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

/// True if the file at a path of a document has this name in its text; also if there is no such file.
fn has_name(sources: &[Source], path: &str, name: &str) -> bool {
    let is_at_path = |file: &&Source| {
        FOLDERS
            .iter()
            .any(|folder| file.path == format!("{folder}{path}"))
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let file = sources.iter().find(is_at_path);
    file.is_none_or(|file| {
        file.text
            .split(|c: char| !is_word(c))
            .any(|word| word == name)
    })
}

/// The last part of a name of the code, such as `new` of `LeadBody::new`; nothing for other texts.
fn last_part(text: &str) -> Option<&str> {
    let name = text.trim_end_matches('!');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_:".contains(c);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_plain);
    name.rsplit("::").next().filter(|_| is_name)
}

/// The pairs of path and name in a part of a line: `name` in `path`, and in a table `path`: `name`, `name`.
fn named_in_files(part: &str, is_table: bool) -> Vec<(&str, &str)> {
    let pieces: Vec<&str> = part.split('`').collect();
    let (mut pairs, mut current) = (Vec::new(), None);
    for index in (1..pieces.len()).step_by(2) {
        let (span, before) = (pieces[index], pieces[index - 1]);
        if expand(span).iter().any(|path| is_path(path)) {
            let is_list = is_table
                && pieces
                    .get(index + 1)
                    .is_some_and(|gap| gap.starts_with(':'));
            current = is_list.then_some(span);
            pairs.extend((index > 1 && before == " in ").then(|| (span, pieces[index - 2])));
        } else if let Some(path) = current {
            pairs.push((path, span));
        }
    }
    pairs
}

/// Names that CONTRIBUTING.md looks for in a file that doesn't have them.
pub fn missing_names(sources: &[Source]) -> Vec<String> {
    let document = sources
        .iter()
        .find(|source| source.path == "CONTRIBUTING.md");
    let mut complaints = Vec::new();
    for line in document.map_or("", |document| &document.text).lines() {
        let is_table = line.starts_with('|');
        let parts = line.split(|c: char| is_table && (c == '|' || c == ';'));
        for (paths, text) in parts.flat_map(|part| named_in_files(part, is_table)) {
            let missing = expand(paths).into_iter();
            let missing = missing
                .filter(|path| last_part(text).is_some_and(|name| !has_name(sources, path, name)));
            complaints.extend(missing.map(|path| format!("{path}: {text}")));
        }
    }
    complaints
}

#[test]
fn a_name_that_its_file_lacks_is_found() {
    let document = "| a | `src/a.rs`: `Lead`, `Lead::new`, `Old` (member, `older`); `C` in `b.rs` |\n\
        `Lead` in `src/{a,b}.rs`, and `src/a.rs`: `lead-…`, `Other`";
    let planted = [
        Source::planted("src/a.rs", "impl Lead { fn new() {} }"),
        Source::planted("src/b.rs", "struct B;"),
        Source::planted("CONTRIBUTING.md", document),
    ];
    assert_eq!(
        missing_names(&planted).join(", "),
        "src/a.rs: Old, src/a.rs: older, b.rs: C, src/b.rs: Lead"
    );
}
