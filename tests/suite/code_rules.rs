//! Rules that the sources keep. Each is a pure function over the files of the repository, and a test plants a violation
//! that it must find.

mod catalogue;
mod conventions;
mod cycles;
mod dependencies;
mod documents;
mod lexer;
mod modules;
mod names;
mod phrasing;
mod sizes;
mod templates;
mod words;

use std::fs;
use std::path::Path;

/// A file of the repository: its path from the root, with slashes, and its text.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    #[cfg(test)]
    pub fn planted(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// True for what is compiled into the product.
    pub fn is_product(&self) -> bool {
        self.is_rust() && self.path.starts_with("src/") && !self.path.ends_with("tests.rs")
    }

    pub fn is_template(&self) -> bool {
        self.path.starts_with("templates/") && self.path.ends_with(".html")
    }

    /// The part before the unit tests.
    pub fn product_text(&self) -> &str {
        let mut marks = self.text.match_indices("#[cfg(test)]\n");
        let tests = marks.find(|(at, mark)| {
            let next = self.text[at + mark.len()..]
                .lines()
                .next()
                .unwrap_or_default();
            next.contains("mod ") && next.ends_with('{')
        });
        &self.text[..tests.map_or(self.text.len(), |(at, _)| at)]
    }

    /// `path:line`, for the byte at `offset`.
    pub fn location(&self, offset: usize) -> String {
        let line = self.text[..offset].matches('\n').count() + 1;
        format!("{}:{line}", self.path)
    }
}

/// Folders whose files aren't part of the repository.
const IGNORED: [&str; 5] = ["target", ".git", "node_modules", "data", "out"];

/// Every text file of the repository, or of the one that `SOURCES` names.
fn repository() -> Vec<Source> {
    let root = std::env::var("SOURCES").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&root);
    let mut sources = Vec::new();
    collect(root, root, &mut sources);
    assert!(sources.len() > 50, "the sources were not found");
    sources
}

fn collect(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if IGNORED.iter().any(|ignored| name == *ignored) {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, sources);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            sources.push(Source { path, text });
        }
    }
}

/// The complaints about the files given.
type Rule = fn(&[Source]) -> Vec<String>;

/// Fails with every complaint of the rule.
fn assert_no_complaints(rule: Rule) {
    let complaints = rule(&repository());
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

macro_rules! rules {
    ($($sentence:ident: $rule:path;)+) => {
        $(#[test]
        fn $sentence() {
            assert_no_complaints($rule);
        })+
    };
}

rules! {
    folders_use_only_what_is_below_them: dependencies::between_folders;
    every_listed_folder_exists_and_every_folder_is_listed: dependencies::wrongly_listed_folders;
    no_slice_uses_the_store_of_another: dependencies::foreign_stores;
    no_slice_uses_the_folders_of_another: dependencies::past_the_root;
    domain_files_do_no_io: dependencies::impure_domain;
    only_stores_use_the_query_language: dependencies::queries_elsewhere;
    no_file_is_longer_than_400_lines: sizes::long_files;
    no_function_is_longer_than_40_lines: sizes::long_functions;
    no_product_code_panics: conventions::panics;
    one_file_has_unsafe_code: conventions::unsafe_elsewhere;
    no_note_says_what_is_left_to_do: conventions::notes;
    no_test_sleeps: conventions::sleeps;
    no_file_names_a_machine: conventions::machine_paths;
    every_crate_in_the_manifest_has_a_reason: conventions::unexplained_dependencies;
    locks_name_no_download_address: conventions::download_addresses;
    templates_are_strict: templates::unsafe_markup;
    every_sign_is_in_the_fonts: templates::without_glyph;
    templates_hold_no_words: templates::literal_words;
    every_column_has_a_heading_and_cells: templates::incomplete_columns;
    every_message_is_in_every_language: catalogue::unequal;
    every_plural_has_the_forms_of_its_language: catalogue::plural_forms;
    every_message_that_is_used_exists: catalogue::missing;
    every_message_is_used: catalogue::unused;
    no_message_has_a_denied_phrase: phrasing::denied;
    every_catalogue_begins_with_the_words_it_uses: phrasing::without_words;
    no_type_name_is_defined_twice_in_a_slice: names::homonyms;
    no_type_has_a_denied_name: names::denied;
    no_name_has_a_denied_part: words::in_names;
    no_comment_has_a_denied_word: words::in_comments;
    no_comment_begins_with_a_reference_to_another: words::about_another_comment;
    no_document_has_a_denied_word: words::in_documents;
    every_path_in_a_document_exists: documents::dead_paths;
    every_name_in_contributing_is_in_its_file: documents::missing_names;
    handlers_have_at_most_15_lines: sizes::long_handlers;
    no_files_use_each_other: cycles::import_cycles;
    layers_use_only_what_is_below_them: dependencies::between_layers;
    the_source_keeps_to_its_size: sizes::large_source;
    views_read_no_database_and_stores_know_no_pages: dependencies::views_and_stores;
    shared_code_has_no_words_of_slices: dependencies::slice_words;
}

/// Prints figures about names, sizes and cycles: `cargo test --test suite -- --ignored code_rules::figures --nocapture`.
#[test]
#[ignore = "prints figures"]
fn figures() {
    let sources = repository();
    let lines = sizes::lines_of_code(&sources);
    for (slice, lines) in &lines {
        println!("{lines:>6}  lines of code in {slice}");
    }
    println!("{:>6}  lines of code in src", lines.values().sum::<usize>());
    let counts: [(&str, Rule); 10] = [
        (
            "type names that are defined in two files",
            names::in_two_files,
        ),
        (
            "type names that are defined twice in a slice",
            names::homonyms,
        ),
        ("types with a denied name", names::denied),
        (
            "comments that begin with a reference to another",
            words::about_another_comment,
        ),
        ("names with a denied part", words::in_names),
        ("denied words in comments", words::in_comments),
        ("denied words in documents", words::in_documents),
        ("import cycles", cycles::import_cycles),
        (
            "import cycles that don't lead through a parent module",
            cycles::cycles_of_siblings,
        ),
        ("handlers of more than 15 lines", sizes::long_handlers),
    ];
    for (what, rule) in counts {
        println!("{:>6}  {what}", rule(&sources).len());
    }
    let product = sources
        .iter()
        .filter(|source| source.path.starts_with("src/"));
    println!(
        "{:>6}  occurrences of `told` in src",
        product
            .map(|source| words::count(&source.text, "told"))
            .sum::<usize>()
    );
}
