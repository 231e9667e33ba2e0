//! Limits on the size of files and functions.

use super::Source;
use super::lexer::code_only;

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 40;

/// Files that hold one table, or that a tool writes.
const TABLES: [&str; 2] = ["src/db/schema.rs", "package-lock.json"];

/// Files with more than 400 lines.
pub fn long_files(sources: &[Source]) -> Vec<String> {
    let folders = ["src/", "tests/", "static/", "templates/", "benches/"];
    sources
        .iter()
        .filter(|source| folders.iter().any(|folder| source.path.starts_with(folder)))
        .filter(|source| !TABLES.iter().any(|table| source.path.ends_with(table)))
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES)
        .map(|(source, lines)| format!("{}: {lines} lines", source.path))
        .collect()
}

/// Functions whose body has more than 40 lines.
pub fn long_functions(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| source.is_product())
        .flat_map(|source| {
            let code = code_only(source.product_text());
            functions(&code)
                .into_iter()
                .filter(|(_, lines)| *lines > FUNCTION_LINES)
                .map(|(at, lines)| format!("{}:{}: {lines} lines", source.path, at + 1))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The line of each function and the number of lines in its body; relies on rustfmt.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !is_function(line) {
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let closing = format!("{indent}}}");
        let opened = (at..lines.len()).find(|i| lines[*i].trim_end().ends_with('{'));
        let closed = (at..lines.len()).find(|i| lines[*i].trim_end() == closing);
        if let (Some(opened), Some(closed)) = (opened, closed) {
            found.push((at, (closed + 1).saturating_sub(opened + 2)));
        }
    }
    found
}

fn is_function(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let qualifiers = [
        "pub",
        "pub(crate)",
        "pub(super)",
        "const",
        "async",
        "extern",
    ];
    words.find(|word| !qualifiers.contains(word)) == Some("fn") && !line.trim_end().ends_with(';')
}

#[test]
fn a_long_file_is_found() {
    let long = Source::planted("src/x.rs", &"x\n".repeat(FILE_LINES + 1));
    let table = Source::planted("src/db/schema.rs", &long.text);
    assert_eq!(long_files(&[long, table]), ["src/x.rs: 401 lines"]);
}

#[test]
fn a_long_function_is_found_and_a_short_one_is_not() {
    let function = |lines: usize| {
        let body = "        x();\n".repeat(lines);
        format!(
            "impl A {{\n    pub async fn a(\n        b: B,\n    ) -> C {{\n{body}    }}\n\n    fn c() {{}}\n}}\n"
        )
    };
    let long = Source::planted("src/x.rs", &function(41));
    let fits = Source::planted("src/y.rs", &function(40));
    assert_eq!(long_functions(&[long, fits]), ["src/x.rs:2: 41 lines"]);
}
