//! Limits on the size of files and functions.

use std::collections::BTreeMap;

use super::Source;
use super::lexer::{code_only, without_comments};
use super::modules::{Modules, use_declarations};
use super::names::slice_of;

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 40;
const HANDLER_LINES: usize = 15;
const SOURCE_LINES: usize = 60_340;

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
                .map(|(index, lines)| format!("{}:{}: {lines} lines", source.path, index + 1))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Lines of code in each folder of `src`: without tests, comments, blank lines and `use`.
pub fn lines_of_code(sources: &[Source]) -> BTreeMap<&str, usize> {
    let mut lines = BTreeMap::new();
    for source in sources.iter().filter(|source| source.is_product()) {
        let mut code = without_comments(source.product_text());
        for (begin, end, _) in use_declarations(&code_only(source.product_text())) {
            code.replace_range(begin..end, &" ".repeat(end - begin));
        }
        let written = code
            .lines()
            .filter(|line| !["", ";"].contains(&line.trim()));
        *lines.entry(slice_of(source)).or_default() += written.count();
    }
    lines
}

/// More lines of code in `src` than there should be.
pub fn large_source(sources: &[Source]) -> Vec<String> {
    let lines = lines_of_code(sources);
    let sum: usize = lines.values().sum();
    let each = lines
        .iter()
        .map(|(slice, lines)| format!("{slice} {lines}"));
    match sum > SOURCE_LINES {
        true => vec![format!(
            "src: {sum} lines of code, of {SOURCE_LINES}: {}",
            each.collect::<Vec<_>>().join(", ")
        )],
        false => Vec::new(),
    }
}

/// Handlers of the route table whose body has more than 15 lines.
pub fn long_handlers(sources: &[Source]) -> Vec<String> {
    let modules = Modules::of(sources);
    let Some(routes) = modules
        .iter()
        .find(|module| module.source.path == "src/routes.rs")
    else {
        return vec!["there is no src/routes.rs".into()];
    };
    let table = routes.source.text.find("\nroutes! {").unwrap_or(0);
    let mut complaints = Vec::new();
    for reference in modules.references(routes) {
        let file = modules
            .iter()
            .find(|module| module.name == reference.target);
        let (Some(file), Some(name)) = (file, reference.path.last()) else {
            continue;
        };
        let code = code_only(file.source.product_text());
        for (index, lines) in functions(&code) {
            let line = code.lines().nth(index).unwrap_or_default();
            let is_it =
                line.contains(&format!("fn {name}(")) || line.contains(&format!("fn {name}<"));
            if reference.offset > table && is_it && !line.starts_with(' ') && lines > HANDLER_LINES
            {
                complaints.push(format!(
                    "{}:{}: {name}: {lines} lines",
                    file.source.path,
                    index + 1
                ));
            }
        }
    }
    complaints.sort();
    complaints.dedup();
    complaints
}

/// The line of each function and the number of lines in its body; relies on rustfmt.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut functions = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if !is_function(line) {
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let closing = format!("{indent}}}");
        let opened = (index..lines.len()).find(|i| lines[*i].trim_end().ends_with('{'));
        let closed = (index..lines.len()).find(|i| lines[*i].trim_end() == closing);
        if let (Some(opened), Some(closed)) = (opened, closed) {
            functions.push((index, (closed + 1).saturating_sub(opened + 2)));
        }
    }
    functions
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

#[test]
fn a_long_handler_is_found_and_other_functions_are_not() {
    let function = |name: &str, lines: usize| {
        format!(
            "pub async fn {name}() -> A {{\n{}}}\n",
            "    x();\n".repeat(lines)
        )
    };
    let pages = [
        function("long", 16),
        function("short", 15),
        function("no_handler", 16),
    ];
    let planted = [
        Source::planted(
            "src/routes.rs",
            "use crate::leads;\nuse crate::leads::no_handler;\n\nroutes! {\n    \"/a\" { GET Public leads::long; POST Public leads::short; }\n}\n",
        ),
        Source::planted(
            "src/leads/mod.rs",
            "pub use pages::{long, no_handler, short};",
        ),
        Source::planted("src/leads/pages.rs", &pages.concat()),
    ];
    assert_eq!(
        long_handlers(&planted),
        ["src/leads/pages.rs:1: long: 16 lines"]
    );
}

#[test]
fn only_lines_of_code_are_counted() {
    let text = "//! a\nuse a::{\n    b,\n};\n\nfn a() {\n    // b\n    c(\"d\n    e\");\n}\n#[cfg(test)]\nmod tests {\n    x();\n}\n";
    let planted = [
        Source::planted("src/leads/a.rs", text),
        Source::planted("src/leads/tests.rs", "fn a() {}\n"),
        Source::planted("src/web.rs", "x();\n"),
    ];
    let lines = lines_of_code(&planted);
    assert_eq!(lines, BTreeMap::from([("leads", 4), ("web", 1)]));
    let many = SOURCE_LINES + 1;
    let large = Source::planted("src/leads/a.rs", &"x();\n".repeat(many));
    let expected = format!("src: {many} lines of code, of {SOURCE_LINES}: leads {many}");
    assert_eq!(large_source(&[large]), [expected]);
    assert_eq!(large_source(&planted), Vec::<String>::new());
}
