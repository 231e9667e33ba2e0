//! Names of types: each has one meaning in its slice, and none is a riddle.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::lexer::code_only;

/// Names that don't say what the type is.
const DENIED: [&str; 17] = [
    "Asked",
    "Cast",
    "Census",
    "Entered",
    "Found",
    "Gate",
    "Glance",
    "Kept",
    "Known",
    "Letters",
    "Pluses",
    "Residents",
    "Seen",
    "Told",
    "Turn",
    "Turnstile",
    "WayBack",
];

/// Macros that define an enum, whose name begins the text in their braces.
const TABLE_MACROS: [&str; 2] = ["column_table!", "filter_table!"];

/// Every struct, enum, union, trait and alias of a file, also those that a table defines: name and offset.
fn types(code: &str) -> Vec<(&str, usize)> {
    let (mut types, mut offset) = (Vec::new(), 0);
    let mut begins_table = false;
    for line in code.split_inclusive('\n') {
        let mut words = line
            .split_whitespace()
            .filter(|word| !word.starts_with("pub"));
        let kind = words.next().unwrap_or_default();
        // An alias that is indented belongs to an implementation of a trait.
        let is_alias = kind == "type" && !line.starts_with(' ');
        let is_definition = is_alias || ["struct", "enum", "union", "trait"].contains(&kind);
        if is_definition || begins_table {
            let name = if is_definition {
                words.next()
            } else {
                Some(kind)
            };
            let name = name.unwrap_or_default();
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
            let name = &name[..end.unwrap_or(name.len())];
            if name.starts_with(|c: char| c.is_uppercase()) {
                types.push((name, offset));
                begins_table = false;
            }
        }
        begins_table |= TABLE_MACROS.contains(&kind);
        offset += line.len();
    }
    types
}

/// The folder of `src` that a file belongs to.
pub fn slice_of(source: &Source) -> &str {
    let inner = source.path.trim_start_matches("src/");
    inner.split(['/', '.']).next().unwrap_or_default()
}

/// Names that are defined twice in a folder of `src`, with their places.
pub fn homonyms(sources: &[Source]) -> Vec<String> {
    let mut places = BTreeMap::<(String, String), Vec<String>>::new();
    for source in sources.iter().filter(|source| source.is_product()) {
        let code = code_only(source.product_text());
        for (name, offset) in types(&code) {
            let key = (slice_of(source).to_owned(), name.to_owned());
            places.entry(key).or_default().push(source.location(offset));
        }
    }
    places
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|((slice, name), places)| format!("{slice}: {name} in {}", places.join(", ")))
        .collect()
}

/// Names that are defined in two files of `src` or more, whatever their slices.
pub fn in_two_files(sources: &[Source]) -> Vec<String> {
    let mut files = BTreeMap::<String, BTreeSet<&str>>::new();
    for source in sources.iter().filter(|source| source.is_product()) {
        for (name, _) in types(&code_only(source.product_text())) {
            files
                .entry(name.to_owned())
                .or_default()
                .insert(&source.path);
        }
    }
    let complaints = files.into_iter().filter(|(_, files)| files.len() > 1);
    complaints.map(|(name, _)| name).collect()
}

/// Definitions of types with a denied name.
pub fn denied(sources: &[Source]) -> Vec<String> {
    let product = sources.iter().filter(|source| source.is_product());
    product
        .flat_map(|source| {
            let code = code_only(source.product_text());
            let complaints = types(&code)
                .into_iter()
                .filter(|(name, _)| DENIED.contains(name));
            complaints
                .map(|(name, offset)| format!("{}: {name}", source.location(offset)))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_name_with_two_meanings_is_found() {
    let planted = [
        Source::planted(
            "src/leads/a.rs",
            "pub struct Row;\nimpl A {\n    type Error = B;\n}\n",
        ),
        Source::planted(
            "src/leads/b/c.rs",
            "fn a() {\n    struct Row(u8);\n}\nimpl A {\n    type Error = B;\n}\n",
        ),
        Source::planted(
            "src/statuses/a.rs",
            "struct Row; // struct Row;\n#[cfg(test)]\nmod tests {\n    struct Row;\n}",
        ),
        Source::planted("src/web.rs", "pub(crate) enum Step<T> {}\n"),
        Source::planted("src/web/b.rs", "type Step = u8;\n"),
    ];
    assert_eq!(in_two_files(&planted), ["Row", "Step"]);
    assert_eq!(
        homonyms(&planted),
        [
            "leads: Row in src/leads/a.rs:1, src/leads/b/c.rs:2",
            "web: Step in src/web.rs:1, src/web/b.rs:1"
        ]
    );
}

#[test]
fn a_name_that_a_table_defines_is_found() {
    let table = "column_table! {\n    /// A column.\n    #[derive(Hash)]\n    Column {\n        Name = \"a\";\n    }\n}\n";
    let planted = [
        Source::planted("src/leads/a.rs", table),
        Source::planted(
            "src/leads/b.rs",
            "filter_table! {\n    Column of Rows {\n        Size = \"b\";\n    }\n}\nstruct Size;\n",
        ),
        Source::planted("src/leads/c.rs", "pub enum Column {}\n"),
    ];
    assert_eq!(
        homonyms(&planted),
        ["leads: Column in src/leads/a.rs:4, src/leads/b.rs:2, src/leads/c.rs:1"]
    );
}

#[test]
fn a_denied_name_is_found() {
    let planted = Source::planted(
        "src/db/a.rs",
        "pub enum Asked {}\nstruct AskedFor(Asked);\n",
    );
    assert_eq!(denied(&[planted]), ["src/db/a.rs:1: Asked"]);
}
