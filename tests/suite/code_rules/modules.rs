//! The modules of `src`: what each defines and imports, and which file a path leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::lexer::code_only;

/// The segments of a path below the crate, such as `["leads", "domain", "lead"]`.
pub type Path = Vec<String>;

/// Imports that are followed at most, one leading to the next.
const MAX_DEPTH: usize = 8;

struct Import {
    offset: usize,
    /// As written: the first segment may be `crate`, `self`, `super` or a local name.
    path: Path,
    /// The name in this module; `*` for all of them.
    name: String,
    is_public: bool,
}

/// A product file.
pub struct Module<'a> {
    pub source: &'a Source,
    pub name: Path,
    /// The code without comments, literals and `use` declarations, at the same offsets.
    code: String,
    items: BTreeSet<String>,
    imports: Vec<Import>,
}

/// A path that a module uses.
pub struct Reference {
    pub offset: usize,
    /// As written, from the crate's root.
    pub path: Path,
    /// The module that defines it.
    pub target: Path,
    /// True where the path names a module and nothing in it.
    pub is_module: bool,
    /// True for `pub use`.
    pub is_reexport: bool,
}

/// Every product file, by the name of its module.
pub struct Modules<'a>(BTreeMap<Path, Module<'a>>);

impl<'a> Modules<'a> {
    pub fn of(sources: &'a [Source]) -> Modules<'a> {
        let product = sources.iter().filter(|source| source.is_product());
        Modules(
            product
                .map(|source| (name_of(&source.path), module(source)))
                .collect(),
        )
    }

    pub fn iter(&self) -> impl Iterator<Item = &Module<'a>> {
        self.0.values()
    }

    /// True for a module and for a folder of modules.
    pub fn exists(&self, name: &[String]) -> bool {
        let mut following = self.0.range(name.to_vec()..);
        following
            .next()
            .is_some_and(|(next, _)| next.starts_with(name))
    }

    /// Every path of the crate that `module` uses: in imports, and written out in code.
    pub fn references(&self, module: &Module) -> Vec<Reference> {
        let imports = module
            .imports
            .iter()
            .map(|import| (import.offset, import.path.clone(), import.is_public));
        let inline = inline_paths(&module.code)
            .into_iter()
            .map(|(offset, path)| (offset, path, false));
        imports
            .chain(inline)
            .filter_map(|(offset, path, is_reexport)| {
                let path = self.absolute(module, &path, 0)?;
                let (target, is_module) = self.resolve(&path, 0)?;
                Some(Reference {
                    offset,
                    path,
                    target,
                    is_module,
                    is_reexport,
                })
            })
            .collect()
    }

    /// A path of `module` from the crate's root; nothing for other crates and for names of its own.
    fn absolute(&self, module: &Module, path: &[String], depth: usize) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        let mut base = module.name.clone();
        match first.as_str() {
            "crate" => return Some(rest.to_vec()),
            "lead_statuses" if module.name == ["main"] => return Some(rest.to_vec()),
            "self" => return Some([base, rest.to_vec()].concat()),
            "super" => {
                base.pop();
                let ups = rest.iter().take_while(|part| *part == "super").count();
                base.truncate(base.len().saturating_sub(ups));
                return Some([base, rest[ups..].to_vec()].concat());
            }
            _ => {}
        }
        base.push(first.clone());
        if self.exists(&base) {
            return Some([base, rest.to_vec()].concat());
        }
        let import = module.imports.iter().find(|import| import.name == *first)?;
        if depth > MAX_DEPTH || import.path.first() == Some(first) {
            return None;
        }
        let start = self.absolute(module, &import.path, depth + 1)?;
        Some([start, rest.to_vec()].concat())
    }

    /// The module that defines what a path names, through re-exports, and whether the path ends at a module.
    fn resolve(&self, path: &[String], depth: usize) -> Option<(Path, bool)> {
        let mut reached = Path::new();
        for (i, part) in path.iter().enumerate() {
            let child = [reached.clone(), vec![part.clone()]].concat();
            let module = self.0.get(&reached);
            let reexport =
                module.and_then(|module| module.imports.iter().find(|one| one.name == *part));
            let is_last = i + 1 == path.len();
            if self.exists(&child) && !(is_last && reexport.is_some()) {
                reached = child;
                continue;
            }
            let module = module?;
            if module.items.contains(part) || depth > MAX_DEPTH {
                return Some((reached, false));
            }
            if let Some(import) = reexport {
                let start = self.absolute(module, &import.path, 0)?;
                return self.resolve(&[start, path[i + 1..].to_vec()].concat(), depth + 1);
            }
            let globs = module.imports.iter().filter(|import| import.name == "*");
            let mut matches = globs.filter_map(|import| {
                let start = self.absolute(module, &import.path, 0)?;
                let (target, _) = self.resolve(&start, depth + 1)?;
                let items = &self.0.get(&target)?.items;
                items.contains(part).then_some(target)
            });
            return Some((matches.next().unwrap_or(reached), false));
        }
        Some((reached, true))
    }
}

/// `src/leads/domain/mod.rs` → `["leads", "domain"]`.
fn name_of(path: &str) -> Path {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    match inner {
        "lib" => Path::new(),
        inner => inner.split('/').map(str::to_owned).collect(),
    }
}

fn module(source: &Source) -> Module<'_> {
    let mut code = code_only(source.product_text());
    let mut imports = Vec::new();
    for (offset, end, is_public) in use_declarations(&code) {
        let tree = code[offset..end]
            .split_once("use ")
            .map_or("", |(_, tree)| tree);
        expand(tree, &mut Path::new(), &mut |path, name| {
            imports.push(Import {
                offset,
                path,
                name,
                is_public,
            });
        });
        let blank: String = code[offset..end]
            .bytes()
            .map(|b| if b == b'\n' { '\n' } else { ' ' })
            .collect();
        code.replace_range(offset..end, &blank);
    }
    Module {
        source,
        name: name_of(&source.path),
        items: code.lines().filter_map(item_of).collect(),
        code,
        imports,
    }
}

/// Begin, end and publicity of each `use …;`, which rustfmt puts on a line of its own.
pub fn use_declarations(code: &str) -> Vec<(usize, usize, bool)> {
    let (mut declarations, mut offset) = (Vec::new(), 0);
    for line in code.split_inclusive('\n') {
        let start = line.trim_start();
        let inner = without_visibility(start);
        if inner.starts_with("use ") {
            let begin = offset + line.len() - start.len();
            let length = code[begin..].find(';').unwrap_or(0);
            declarations.push((begin, begin + length, inner.len() < start.len()));
        }
        offset += line.len();
    }
    declarations
}

fn without_visibility(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("pub") else {
        return text;
    };
    match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest.trim_start(),
        None => rest.trim_start(),
    }
}

/// Calls `found` for each name that a `use` tree imports, with its path.
fn expand(tree: &str, prefix: &mut Path, found: &mut impl FnMut(Path, String)) {
    let tree = tree.trim();
    if let Some(list) = tree.strip_prefix('{') {
        for member in members(list) {
            expand(member, &mut prefix.clone(), found);
        }
        return;
    }
    let end = tree.find(|c: char| !c.is_alphanumeric() && c != '_');
    let (word, rest) = tree.split_at(end.unwrap_or(tree.len()));
    if let Some(rest) = rest.strip_prefix("::") {
        prefix.push(word.to_owned());
        return expand(rest, prefix, found);
    }
    let alias = rest.trim().strip_prefix("as ").map(str::trim);
    if rest.starts_with('*') {
        return found(prefix.clone(), "*".to_owned());
    }
    if word != "self" || prefix.is_empty() {
        prefix.push(word.to_owned());
    }
    let last = prefix.last().cloned().unwrap_or_default();
    if !last.is_empty() {
        found(prefix.clone(), alias.map_or(last, str::to_owned));
    }
}

/// The members of a list in braces, at its own depth.
fn members(list: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut found) = (0, 0, Vec::new());
    for (offset, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(&list[begin..offset]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&list[begin..offset]);
                begin = offset + 1;
            }
            _ => {}
        }
    }
    found
}

/// The name of the item that a line without indentation begins.
fn item_of(line: &str) -> Option<String> {
    let mut words = without_visibility(line).split_whitespace();
    let qualifiers = ["const", "async", "unsafe", "extern", "default"];
    let mut word = words.next()?;
    let mut is_constant = false;
    while qualifiers.contains(&word) {
        is_constant = word == "const";
        word = words.next()?;
    }
    let kinds = [
        "fn",
        "struct",
        "enum",
        "union",
        "trait",
        "type",
        "static",
        "mod",
        "macro_rules!",
    ];
    let name = match kinds.contains(&word) && !line.starts_with(' ') {
        true => words.next()?,
        false if is_constant && !line.starts_with(' ') => word,
        false => return None,
    };
    if word == "mod" && line.trim_end().ends_with(';') {
        return None;
    }
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
    Some(name[..end.unwrap_or(name.len())].to_owned())
}

/// Every `a::b` in code, with its offset.
fn inline_paths(code: &str) -> Vec<(usize, Path)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut found, mut end) = (Vec::new(), 0);
    for (colons, _) in code.match_indices("::") {
        let begin = code[..colons].rfind(|c| !is_word(c)).map_or(0, |offset| {
            offset + code[offset..].chars().next().map_or(1, char::len_utf8)
        });
        let before = code[..begin].chars().next_back();
        if colons < end || begin == colons || matches!(before, Some(':' | '$' | '.' | '\'')) {
            continue;
        }
        let length = code[begin..].find(|c| !is_word(c) && c != ':');
        end = length.map_or(code.len(), |length| begin + length);
        let parts = code[begin..end].split("::").filter(|part| !part.is_empty());
        found.push((begin, parts.map(str::to_owned).collect()));
    }
    found
}

#[cfg(test)]
fn targets(sources: &[Source], of: &str) -> Vec<String> {
    let modules = Modules::of(sources);
    let module = modules
        .iter()
        .find(|module| module.source.path == of)
        .unwrap();
    let references = modules.references(module);
    let mut complaints: Vec<String> = references.iter().map(|one| one.target.join("::")).collect();
    complaints.dedup();
    complaints
}

#[test]
fn a_path_leads_to_the_file_that_defines_it() {
    let planted = |text: &str| {
        vec![
            Source::planted("src/lib.rs", "pub mod a;\npub mod b;\n"),
            Source::planted(
                "src/a/mod.rs",
                "mod inner;\npub use inner::{Deep as Renamed, twice};\npub fn own() {}\n",
            ),
            Source::planted("src/a/inner.rs", "pub struct Deep;\npub fn twice() {}\n"),
            Source::planted("src/b.rs", "pub use crate::a::*;\npub struct Other;\n"),
            Source::planted("src/c/d.rs", text),
            Source::planted("src/c/e.rs", "pub const E: u8 = 1;\n"),
        ]
    };
    let cases = [
        ("use crate::a::Renamed;", "a::inner"),
        ("use crate::{\n    a::{self, own},\n};", "a"),
        ("fn x() { crate::a::Renamed::new() }", "a::inner"),
        ("use super::e::E;", "c::e"),
        ("fn x() { super::super::a::twice() }", "a::inner"),
        ("fn x() { crate::b::own() }", "a"),
        (
            "fn x() { $crate::b::own(); std::fs::read() } // crate::a::own",
            "",
        ),
    ];
    for (text, target) in cases {
        let complaints = targets(&planted(text), "src/c/d.rs").join(" ");
        assert_eq!(complaints, target, "{text}");
    }
    let aliased = "use crate::a as other;\nfn x() { other::twice() }";
    assert_eq!(targets(&planted(aliased), "src/c/d.rs"), ["a", "a::inner"]);
}
