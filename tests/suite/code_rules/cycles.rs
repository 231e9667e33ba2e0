//! Files of `src` that use each other.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::modules::{Modules, Path};

type Graph = BTreeMap<Path, BTreeSet<Path>>;

/// The largest groups of files in which each leads to every other. What `mod.rs` re-exports counts for the file that
/// defines it, and re-exporting is no use.
pub fn import_cycles(sources: &[Source]) -> Vec<String> {
    cycles(&Modules::of(sources), |_| true)
}

/// The cycles that are left if modules with files of their own below them are taken out.
pub fn cycles_of_siblings(sources: &[Source]) -> Vec<String> {
    let modules = Modules::of(sources);
    let is_parent = |name: &Path| {
        modules
            .iter()
            .any(|other| other.name.len() > name.len() && other.name.starts_with(name))
    };
    cycles(&modules, |name| !is_parent(name))
}

fn cycles(modules: &Modules, is_node: impl Fn(&Path) -> bool) -> Vec<String> {
    let graph: Graph = modules
        .iter()
        .filter(|module| is_node(&module.name))
        .map(|module| {
            let references = modules.references(module).into_iter();
            let used = references
                .filter(|one| {
                    !one.is_reexport
                        && !one.is_module
                        && one.target != module.name
                        && is_node(&one.target)
                })
                .map(|one| one.target);
            (module.name.clone(), used.collect())
        })
        .collect();
    let reached: Graph = graph
        .keys()
        .map(|from| (from.clone(), reachable(&graph, from)))
        .collect();
    let mut grouped = BTreeSet::new();
    let mut complaints = Vec::new();
    for (from, targets) in &reached {
        let mutual = targets
            .iter()
            .filter(|to| reached.get(*to).is_some_and(|back| back.contains(from)));
        let group: BTreeSet<&Path> = mutual.collect();
        if group.len() > 1 && grouped.insert(group.clone()) {
            let names: Vec<String> = group.iter().map(|name| name.join("::")).collect();
            complaints.push(format!("{} files: {}", group.len(), names.join(", ")));
        }
    }
    complaints
}

/// Every module that `from` leads to in one step or more.
fn reachable(graph: &Graph, from: &Path) -> BTreeSet<Path> {
    let (mut reachable, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(next) = open.pop() {
        for target in graph.get(next).into_iter().flatten() {
            if reachable.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    reachable
}

#[test]
fn files_that_use_each_other_are_found() {
    let complaints = |planted: &[(&str, &str)]| {
        let sources: Vec<Source> = planted
            .iter()
            .map(|(path, text)| Source::planted(path, text))
            .collect();
        import_cycles(&sources)
    };
    let direct = [
        ("src/a.rs", "use crate::b::B;\npub struct A;"),
        ("src/b.rs", "pub struct B;\nfn b() { crate::a::A }"),
    ];
    assert_eq!(complaints(&direct), ["2 files: a, b"]);
    let reexported = [
        (
            "src/a/mod.rs",
            "mod one;\nmod two;\npub use one::One;\npub use two::Two;",
        ),
        ("src/a/one.rs", "use super::Two;\npub struct One;"),
        ("src/a/two.rs", "use crate::a::One;\npub struct Two;"),
    ];
    assert_eq!(complaints(&reexported), ["2 files: a::one, a::two"]);
    let through_the_parent = [
        ("src/a/mod.rs", "mod one;\npub fn b() { one::c() }"),
        ("src/a/one.rs", "pub fn c() { super::b() }"),
    ];
    assert_eq!(complaints(&through_the_parent), ["2 files: a, a::one"]);
    let long = [
        ("src/a.rs", "use crate::b::x;\npub fn x() {}"),
        ("src/b.rs", "use crate::c::x;\npub fn x() {}"),
        ("src/c.rs", "use crate::a::x;\npub fn x() {}"),
        ("src/d.rs", "use crate::a::x;"),
    ];
    assert_eq!(complaints(&long), ["3 files: a, b, c"]);
    let none = [
        (
            "src/a/mod.rs",
            "mod one;\nmod two;\npub use one::One;\npub fn own() -> One {}",
        ),
        ("src/a/one.rs", "use super::two::Two;\npub struct One;"),
        (
            "src/a/two.rs",
            "pub struct Two;\n#[cfg(test)]\nmod tests {\n    use super::super::One;\n}",
        ),
    ];
    assert_eq!(complaints(&none), Vec::<String>::new());
}
