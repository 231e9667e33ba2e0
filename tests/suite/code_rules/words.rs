//! Words that code, comments and documents must not use.

use super::Source;
use super::lexer::{code_only, comments};

/// Parts of identifiers.
const IN_NAMES: [&str; 13] = [
    "census",
    "desk",
    "door",
    "doors",
    "floor",
    "gate",
    "glance",
    "house",
    "room",
    "rooms",
    "shelf",
    "told",
    "turnstile",
];

/// Words of comments.
const IN_COMMENTS: [&str; 15] = [
    "door",
    "doors",
    "floor",
    "gate",
    "glance",
    "house",
    "nobody",
    "room",
    "rooms",
    "shelf",
    "stands",
    "told",
    "turnstile",
    "whoever",
    "whom",
];

/// Words of documents.
const IN_DOCUMENTS: [&str; 9] = [
    "door", "doors", "floor", "gate", "house", "room", "rooms", "told", "whoever",
];

/// Code before and after a name that is not ours: a column of the database, and rounding down.
const ALLOWED: [(&str, &str); 5] = [
    ("::", "door"),
    ("column_name = ", "door"),
    (".", "floor"),
    ("div_", "floor"),
    ("", "floor_char_boundary"),
];

/// The columns as the database has them.
const SCHEMA: &str = "src/db/schema.rs";

fn is_script(source: &Source) -> bool {
    (source.path.starts_with("static/") || source.path.starts_with("tests/"))
        && [".js", ".mjs", ".css"]
            .iter()
            .any(|end| source.path.ends_with(end))
}

fn is_code(source: &Source) -> bool {
    let folders = ["src/", "tests/", "benches/"];
    let is_ours = folders.iter().any(|folder| source.path.starts_with(folder));
    (source.is_rust() && is_ours && source.path != SCHEMA) || is_script(source)
}

/// The text with quotes that Rust's grammar reads, at the same offsets.
fn readable(source: &Source) -> String {
    match is_script(source) {
        true => source.text.replace(['\'', '`'], "\""),
        false => source.text.clone(),
    }
}

/// The expressions and blocks of a template, with spaces for the rest.
fn expressions(text: &str) -> String {
    let (mut out, mut offset) = (String::with_capacity(text.len()), 0);
    let blank = |out: &mut String, part: &str| {
        out.extend(part.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
    };
    let marks = [("{{", "}}"), ("{%", "%}")];
    let next = |offset: usize| {
        let begins = marks.iter().filter_map(|(open, close)| {
            let begin = offset + text[offset..].find(open)?;
            let end = text[begin..].find(close)?;
            Some((begin, begin + end))
        });
        begins.min()
    };
    while let Some((begin, end)) = next(offset) {
        blank(&mut out, &text[offset..begin]);
        out.push_str(&text[begin..end]);
        offset = end;
    }
    blank(&mut out, &text[offset..]);
    out
}

/// Each word with its offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut offset = 0;
    std::iter::from_fn(move || {
        let begin = offset + text[offset..].find(is_word)?;
        let length = text[begin..].find(|c| !is_word(c));
        offset = length.map_or(text.len(), |length| begin + length);
        Some((begin, &text[begin..offset]))
    })
}

/// How often a word is in a text, as a part of names too.
pub fn count(text: &str, word: &str) -> usize {
    words(text)
        .flat_map(|(_, name)| parts(name))
        .filter(|part| part == word)
        .count()
}

/// `is_sentTwice` → `is`, `sent`, `twice`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        if c == '_' || c == '-' || (c.is_uppercase() && was_small) {
            parts.push(String::new());
        }
        if c.is_alphanumeric() {
            let last = parts.len() - 1;
            parts[last].extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    parts
}

/// Identifiers with a denied part.
pub fn in_names(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    let has_names = |source: &&Source| is_code(source) || source.is_template();
    for source in sources.iter().filter(has_names) {
        let code = match source.is_template() {
            true => code_only(&expressions(&source.text)),
            false => code_only(&readable(source)),
        };
        for (offset, name) in words(&code) {
            let is_allowed = ALLOWED.iter().any(|(before, allowed)| {
                let (start, end) = name.split_at(name.len().saturating_sub(allowed.len()));
                end == *allowed && (code[..offset].ends_with(before) || start == *before)
            });
            let denied = parts(name)
                .into_iter()
                .any(|part| IN_NAMES.contains(&part.as_str()));
            if denied && !is_allowed {
                complaints.push(format!("{}: {name}", source.location(offset)));
            }
        }
    }
    complaints
}

/// The comments of a file: of code, scripts, style sheets and templates.
fn comments_of(source: &Source) -> Vec<(usize, String)> {
    if source.is_template() {
        let begins = source.text.match_indices("{#");
        let comments = begins.map(|(offset, _)| {
            let rest = &source.text[offset..];
            (
                offset,
                rest[..rest.find("#}").unwrap_or(rest.len())].to_owned(),
            )
        });
        return comments.collect();
    }
    if !is_code(source) {
        return Vec::new();
    }
    let text = readable(source);
    let comments = comments(&text);
    comments
        .into_iter()
        .map(|(offset, text)| (offset, text.to_owned()))
        .collect()
}

/// Denied words in comments.
pub fn in_comments(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        for (begin, comment) in comments_of(source) {
            for (offset, word) in words(&comment) {
                if IN_COMMENTS.contains(&word.to_lowercase().as_str()) {
                    complaints.push(format!("{}: {word}", source.location(begin + offset)));
                }
            }
        }
    }
    complaints
}

/// Comments that begin by referring to something that is not on the screen.
pub fn about_another_comment(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        for (offset, comment) in comments_of(source) {
            let text = comment.trim_start_matches(['/', '!', '*', '{', '#', ' ', '\n']);
            if ["The same", "As above"]
                .iter()
                .any(|start| text.starts_with(start))
            {
                let line = text.lines().next().unwrap_or_default();
                complaints.push(format!("{}: {line}", source.location(offset)));
            }
        }
    }
    complaints
}

/// Denied words in documents; records of decisions keep the words of their time.
pub fn in_documents(sources: &[Source]) -> Vec<String> {
    let is_document = |source: &&Source| {
        let is_page =
            source.path.starts_with("docs/") && !source.path.starts_with("docs/decisions/");
        is_page || ["README.md", "CONTRIBUTING.md"].contains(&source.path.as_str())
    };
    let mut complaints = Vec::new();
    for source in sources.iter().filter(is_document) {
        for (offset, word) in words(&source.text) {
            if IN_DOCUMENTS.contains(&word.to_lowercase().as_str()) {
                complaints.push(format!("{}: {word}", source.location(offset)));
            }
        }
    }
    complaints
}

#[test]
fn a_denied_part_of_a_name_is_found() {
    let text = "fn is_told() { let houseRules = \"door\"; x.floor(); y::door; Gate::new(0.div_floor(2)); trapdoor() } // told";
    let planted = [
        Source::planted("src/a.rs", text),
        Source::planted("static/js/a.js", "const told = 'door'"),
        Source::planted("src/db/schema.rs", "door -> Text,"),
        Source::planted(
            "templates/a.html",
            "<a name=\"door\">told {{ page.told(\"door\") }}</a>",
        ),
    ];
    assert_eq!(
        in_names(&planted),
        [
            "src/a.rs:1: is_told",
            "src/a.rs:1: houseRules",
            "src/a.rs:1: Gate",
            "static/js/a.js:1: told",
            "templates/a.html:1: told"
        ]
    );
}

#[test]
fn a_denied_word_of_a_comment_is_found() {
    let planted = [
        Source::planted(
            "src/a.rs",
            "/// Told once.\nlet told = \"nobody\"; // a household\n",
        ),
        Source::planted("templates/a.html", "<p>{# The room, #}room</p>"),
        Source::planted("static/css/a.css", "p { /* the floor */ }"),
        Source::planted("tests/a.rs", "/* whom */"),
    ];
    assert_eq!(
        in_comments(&planted),
        [
            "src/a.rs:1: Told",
            "templates/a.html:1: room",
            "static/css/a.css:1: floor",
            "tests/a.rs:1: whom"
        ]
    );
}

#[test]
fn a_comment_about_something_elsewhere_is_found() {
    let rust =
        "/// One.\n/// The same two.\nfn a() {}\n\n/// The same for b.\nfn b() {}\n// The same\n";
    let planted = [
        Source::planted("src/a.rs", rust),
        Source::planted("templates/a.html", "{# The same, smaller #}"),
    ];
    assert_eq!(
        about_another_comment(&planted),
        [
            "src/a.rs:5: The same for b.",
            "src/a.rs:7: The same",
            "templates/a.html:1: The same, smaller "
        ]
    );
}

#[test]
fn a_denied_word_of_a_document_is_found() {
    let planted = [
        Source::planted("docs/API.md", "Behind each door\n"),
        Source::planted("docs/decisions/0001-a.md", "Behind each door\n"),
        Source::planted("CONTRIBUTING.md", "House rules\n"),
    ];
    assert_eq!(
        in_documents(&planted),
        ["docs/API.md:1: door", "CONTRIBUTING.md:1: House"]
    );
}
