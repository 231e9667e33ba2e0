//! Messages exist in every language, and each is used.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::lexer::{texts, without_comments};

const LANGUAGES: [&str; 2] = ["en", "ro"];

/// Prefixes of keys that the program builds at run time.
const BUILT_PREFIXES: [&str; 2] = ["month-", "status-hue-"];

/// Calls that take a key, in templates and in Rust.
const LOOKUPS: [&str; 7] = [
    ".t(",
    ".tn(",
    ".t1(",
    ".t2(",
    "Message::new(",
    ".format(",
    "Flash::ok(",
];

/// The messages of one file: key → its lines.
fn messages(text: &str) -> BTreeMap<String, String> {
    let (mut messages, mut key) = (BTreeMap::<String, String>::new(), None::<String>);
    for line in text.lines() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            key = Some(name.trim().to_owned());
            messages.insert(name.trim().to_owned(), format!("{value}\n"));
        } else if line.starts_with('#') {
            key = None;
        } else if let Some(known) = key.as_ref().and_then(|key| messages.get_mut(key)) {
            known.push_str(line);
            known.push('\n');
        }
    }
    messages
}

/// The variables of a message.
fn arguments(message: &str) -> BTreeSet<&str> {
    let parts = message.split('$').skip(1);
    parts
        .map(|part| {
            part.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .collect()
}

/// The messages of a language with their files.
pub fn catalogues<'a>(
    sources: &'a [Source],
    language: &str,
) -> BTreeMap<String, (&'a Source, String)> {
    let folder = format!("locales/{language}/");
    let files = sources
        .iter()
        .filter(|source| source.path.starts_with(&folder));
    files
        .flat_map(|source| {
            messages(&source.text)
                .into_iter()
                .map(move |(key, text)| (key, (source, text)))
        })
        .collect()
}

/// Keys that one language lacks, has twice, or gives other arguments.
pub fn unequal(sources: &[Source]) -> Vec<String> {
    let [english, romanian] = LANGUAGES.map(|language| catalogues(sources, language));
    let mut complaints = Vec::new();
    for (here, there, language) in [(&english, &romanian, "ro"), (&romanian, &english, "en")] {
        for (key, (source, text)) in here {
            match there.get(key) {
                None => complaints.push(format!("{}: {key} is missing in {language}", source.path)),
                Some((_, other)) if arguments(text) != arguments(other) => {
                    complaints.push(format!(
                        "{}: {key} has other arguments in {language}",
                        source.path
                    ));
                }
                Some(_) => {}
            }
        }
    }
    let files = sources
        .iter()
        .filter(|source| source.path.starts_with("locales/"));
    let mut seen = BTreeMap::new();
    for source in files {
        let language = source.path.split('/').nth(1).unwrap_or_default();
        for key in source
            .text
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            let key = key.split('=').next().unwrap_or_default().trim();
            if let Some(first) = seen.insert((language, key), &source.path) {
                complaints.push(format!("{}: {key} is in {first} too", source.path));
            }
        }
    }
    complaints
}

/// Plural messages without one of the forms of their language.
pub fn plural_forms(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (language, forms) in [
        ("en", ["[one]", "*[other]"].as_slice()),
        ("ro", &["[one]", "[few]", "*[other]"]),
    ] {
        for (key, (source, text)) in catalogues(sources, language) {
            let is_plural = text.contains("->") && text.contains("[one]");
            let lacks = forms.iter().find(|form| !text.contains(**form));
            if let (true, Some(form)) = (is_plural, lacks) {
                complaints.push(format!("{}: {key} lacks {form}", source.path));
            }
        }
    }
    complaints
}

/// String literals of the program and its templates.
fn literals(sources: &[Source]) -> BTreeSet<String> {
    let mut literals = BTreeSet::new();
    for source in sources {
        if source.is_product() {
            let code = without_comments(source.product_text());
            literals.extend(texts(&code).into_iter().map(|(_, text)| text));
        } else if source.is_template() {
            literals.extend(source.text.split('"').map(str::to_owned));
        }
    }
    literals
}

/// Keys that are used and that no catalogue has.
pub fn missing(sources: &[Source]) -> Vec<String> {
    let known = catalogues(sources, "en");
    let mut complaints = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.is_product() || source.is_template())
    {
        let text = match source.is_template() {
            true => source.text.clone(),
            false => without_comments(source.product_text()),
        };
        for lookup in LOOKUPS {
            for (offset, _) in text.match_indices(lookup) {
                let Some(key) = text[offset + lookup.len()..].trim_start().strip_prefix('"') else {
                    continue;
                };
                let key = key.split('"').next().unwrap_or_default();
                let is_key = key
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
                if is_key && !known.contains_key(key) {
                    complaints.push(format!("{}: {key}", source.location(offset)));
                }
            }
        }
    }
    complaints
}

/// Keys that are never used.
pub fn unused(sources: &[Source]) -> Vec<String> {
    let used = literals(sources);
    let is_built = |key: &str| BUILT_PREFIXES.iter().any(|prefix| key.starts_with(prefix));
    catalogues(sources, "en")
        .into_iter()
        .filter(|(key, _)| !used.contains(key) && !is_built(key))
        .map(|(key, (source, _))| format!("{}: {key}", source.path))
        .collect()
}

#[cfg(test)]
fn planted(english: &str, romanian: &str, rust: &str, template: &str) -> Vec<Source> {
    vec![
        Source::planted("locales/en/a.ftl", english),
        Source::planted("locales/ro/a.ftl", romanian),
        Source::planted("src/a.rs", rust),
        Source::planted("templates/a.html", template),
    ]
}

#[test]
fn a_message_that_one_language_lacks_is_found() {
    let sources = planted(
        "a = A\nb = B { $x }\nc = C\n",
        "a = A\nb = B { $y }\n",
        "",
        "",
    );
    assert_eq!(unequal(&sources).len(), 3);
    let twice = [
        planted("a = A\n", "a = A\n", "", ""),
        vec![Source::planted("locales/ro/b.ftl", "a = A\n")],
    ]
    .concat();
    assert_eq!(
        unequal(&twice),
        ["locales/ro/b.ftl: a is in locales/ro/a.ftl too"]
    );
}

#[test]
fn a_plural_without_a_form_is_found() {
    let english = "a =\n    { $count ->\n        [one] x\n       *[other] y\n    }\n";
    assert_eq!(
        plural_forms(&planted(english, english, "", "")),
        ["locales/ro/a.ftl: a lacks [few]"]
    );
}

#[test]
fn a_message_that_does_not_exist_is_found() {
    let rust = "fn a() { Message::new(\n    \"a-b\") } // Message::new(\"c-d\")\n#[cfg(test)]\nmod tests { t(\"x\") }";
    let sources = planted(
        "e-f = E\n",
        "e-f = E\n",
        rust,
        "{{ page.t(\"e-f\") }}{{ page.tn(\"g-h\", n) }}",
    );
    assert_eq!(
        missing(&sources),
        ["src/a.rs:1: a-b", "templates/a.html:1: g-h"]
    );
}

#[test]
fn an_unused_message_is_found() {
    let sources = planted(
        "a-b = A\nc-d = C\ne-f = E\nmonth-1 = M\n",
        "",
        "fn a() { x(\"a-b\") }",
        "{{ page.t(\"c-d\") }}",
    );
    assert_eq!(unused(&sources), ["locales/en/a.ftl: e-f"]);
}
