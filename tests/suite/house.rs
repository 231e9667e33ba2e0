//! The rules of the house, read off the sources. Each rule is a pure function over files, and each has a
//! planted violation that it must find.

mod arrows;
mod catalogue;
mod habits;
mod lexer;
mod sizes;
mod templates;

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
    pub fn place(&self, offset: usize) -> String {
        let line = self.text[..offset].matches('\n').count() + 1;
        format!("{}:{line}", self.path)
    }
}

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 5] = ["target", ".git", "node_modules", "data", "out"];

/// Every text file of the repository.
fn repository() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(root, root, &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if FOREIGN.iter().any(|foreign| name == *foreign) {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.push(Source { path, text });
        }
    }
}

/// Fails with every complaint at once.
fn holds(rule: fn(&[Source]) -> Vec<String>) {
    let complaints = rule(&repository());
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

macro_rules! rules {
    ($($sentence:ident: $rule:path;)+) => {
        $(#[test]
        fn $sentence() {
            holds($rule);
        })+
    };
}

rules! {
    every_arrow_between_rooms_is_allowed: arrows::forbidden;
    stores_and_pure_files_keep_to_their_room: arrows::out_of_place;
    only_stores_speak_the_query_language: arrows::queries_elsewhere;
    no_file_is_longer_than_400_lines: sizes::long_files;
    no_function_is_longer_than_40_lines: sizes::long_functions;
    the_product_never_gives_up: habits::giving_up;
    nothing_is_left_to_do: habits::left_to_do;
    no_test_sleeps: habits::sleeping;
    no_file_knows_a_machine: habits::machines;
    every_dependency_says_why: habits::unexplained_dependencies;
    locks_name_no_download_address: habits::download_addresses;
    templates_are_strict: templates::lax;
    templates_hold_no_words: templates::words;
    every_message_is_in_every_language: catalogue::unequal;
    every_plural_has_the_forms_of_its_language: catalogue::plural_forms;
    every_message_asked_for_exists: catalogue::missing;
    every_message_is_used: catalogue::unused;
}
