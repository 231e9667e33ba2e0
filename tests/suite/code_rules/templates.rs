//! What templates must not contain: unescaped values, inline style or script, and words of a language.

use std::ops::RangeInclusive;

use super::Source;

const MARKS: [(&str, &str); 3] = [("{%", "%}"), ("{{", "}}"), ("{#", "#}")];
/// Elements whose text is the same in every language.
const LITERAL: [&str; 4] = ["code", "pre", "kbd", "samp"];
/// Attributes that browsers show or read out.
const VISIBLE_ATTRIBUTES: [&str; 7] = [
    "title",
    "alt",
    "placeholder",
    "label",
    "aria-label",
    "aria-description",
    "aria-roledescription",
];

/// Macros that make attributes, or names inside of them.
const ATTRIBUTE_MACROS: [&str; 1] = ["aria"];

/// Signs in templates and texts that the fonts of the pages lack.
pub fn without_glyph(sources: &[Source]) -> Vec<String> {
    let fonts = sources
        .iter()
        .find(|source| source.path == "static/css/fonts.css");
    let ranges = glyph_ranges(fonts.map_or("", |source| &source.text));
    let shown = |source: &&Source| source.is_template() || source.path.starts_with("locales/");
    let signs = sources.iter().filter(shown).flat_map(|source| {
        let signs = source.text.char_indices();
        signs.map(move |(offset, sign)| (source, offset, sign))
    });
    let is_missing = |sign: char| !ranges.iter().any(|range| range.contains(&u32::from(sign)));
    signs
        .filter(|(_, _, sign)| is_missing(*sign))
        .map(|(source, offset, sign)| format!("{}: {sign}", source.location(offset)))
        .collect()
}

/// The ranges of every `unicode-range` of a style sheet.
fn glyph_ranges(css: &str) -> Vec<RangeInclusive<u32>> {
    let parse = |hex: &str| u32::from_str_radix(hex, 16).expect("a code point");
    let lists = css.split("unicode-range:").skip(1);
    let ranges = lists.flat_map(|list| list.split(';').next().unwrap_or_default().split(','));
    ranges
        .filter_map(|range| range.trim().strip_prefix("U+"))
        .map(|range| match range.split_once('-') {
            Some((first, last)) => parse(first)..=parse(last),
            None => parse(range)..=parse(range),
        })
        .collect()
}

/// Unescaped output, and whatever the content security policy would refuse.
pub fn unsafe_markup(sources: &[Source]) -> Vec<String> {
    let templates = sources.iter().filter(|source| source.is_template());
    templates
        .flat_map(|source| {
            let text = &source.text;
            let mut complaints: Vec<(usize, String)> = Vec::new();
            for (offset, _) in text.match_indices('|') {
                if text[offset + 1..].trim_start().starts_with("safe") {
                    complaints.push((offset, "|safe".into()));
                }
            }
            for (offset, tag) in tags(text) {
                complaints.extend(
                    unsafe_tag(tag, &text[offset + tag.len()..]).map(|what| (offset, what)),
                );
            }
            complaints
                .into_iter()
                .map(|(offset, what)| format!("{}: {what}", source.location(offset)))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn unsafe_tag(tag: &str, after: &str) -> Option<String> {
    let name = name_of(tag);
    let is_bare_script = name == "script" && attributes(tag).iter().all(|(name, _)| *name != "src");
    if name == "style"
        || is_bare_script
        || (name == "script" && !after.trim_start().starts_with("</script"))
    {
        return Some(format!("inline <{name}>"));
    }
    attributes(tag).into_iter().find_map(|(name, value)| {
        let is_code = name == "style" || (name.starts_with("on") && name.len() > 4);
        let runs = value
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("javascript:");
        (is_code || runs || name == "srcdoc").then(|| format!("{name}="))
    })
}

/// Words that aren't from the catalogue.
pub fn literal_words(sources: &[Source]) -> Vec<String> {
    let templates = sources.iter().filter(|source| source.is_template());
    templates
        .flat_map(|source| {
            let plain = without_expressions(&without_attribute_macros(&source.text));
            let complaints = words_between_tags(&plain)
                .into_iter()
                .chain(attribute_words(&plain));
            complaints
                .map(|(offset, word)| format!("{}: {word:?}", source.location(offset)))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn words_between_tags(plain: &str) -> Vec<(usize, String)> {
    let (mut matches, mut end, mut literal) = (Vec::new(), 0, None::<String>);
    let mut look = |from: usize, to: usize, is_literal: bool| {
        let text = without_entities(&plain[from..to]);
        let word: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        if !word.is_empty() && !is_literal {
            let begins = from
                + plain[from..to]
                    .find(|c: char| !c.is_whitespace())
                    .unwrap_or(0);
            matches.push((
                begins,
                text.split_whitespace().collect::<Vec<_>>().join(" "),
            ));
        }
    };
    for (offset, tag) in tags(plain) {
        look(end, offset, literal.is_some());
        end = offset + tag.len();
        let name = name_of(tag);
        if literal.is_some() && literal.as_deref() == name.strip_prefix('/') {
            literal = None;
        } else if literal.is_none() && LITERAL.contains(&name) {
            literal = Some(name.to_owned());
        }
    }
    look(end, plain.len(), false);
    matches
}

fn attribute_words(plain: &str) -> Vec<(usize, String)> {
    let mut matches = Vec::new();
    for (offset, tag) in tags(plain) {
        for (name, value) in attributes(tag) {
            if VISIBLE_ATTRIBUTES.contains(&name) && has_words(value) {
                matches.push((offset, format!("{name}={value}")));
            }
        }
    }
    matches
}

/// True if a value contains a word; a colour such as `#9163d5` is none.
fn has_words(value: &str) -> bool {
    let mut words = value.split_whitespace();
    words.any(|word| !word.starts_with('#') && word.contains(char::is_alphabetic))
}

/// The template without the bodies of macros that make parts of attributes, at the same offsets.
fn without_attribute_macros(text: &str) -> String {
    let mut plain = text.to_owned();
    for name in ATTRIBUTE_MACROS {
        let Some(offset) = plain.find(&format!("macro {name}(")) else {
            continue;
        };
        let end = plain[offset..]
            .find("endmacro")
            .map_or(plain.len(), |end| offset + end);
        let from = offset + plain[offset..end].find("%}").map_or(0, |mark| mark + 2);
        let to = plain[from..end].rfind("{%").map_or(end, |mark| from + mark);
        let body: String = plain[from..to]
            .bytes()
            .map(|b| if b == b'\n' { '\n' } else { ' ' })
            .collect();
        plain.replace_range(from..to, &body);
    }
    plain
}

/// The template with expressions, blocks and comments blanked, at the same offsets.
fn without_expressions(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((offset, (open, close))) = MARKS
        .iter()
        .filter_map(|marks| Some((rest.find(marks.0)?, *marks)))
        .min_by_key(|(offset, _)| *offset)
    {
        out.push_str(&rest[..offset]);
        let length = rest[offset + open.len()..]
            .find(close)
            .map_or(rest.len() - offset, |end| open.len() + end + close.len());
        out.extend(
            rest[offset..offset + length]
                .bytes()
                .map(|b| if b == b'\n' { '\n' } else { ' ' }),
        );
        rest = &rest[offset + length..];
    }
    out.push_str(rest);
    out
}

fn without_entities(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(part.split_once(';').map_or(part, |(_, after)| after));
    }
    out
}

/// Every tag with its offset; quotes may hold `>`.
fn tags(text: &str) -> Vec<(usize, &str)> {
    let (mut found, mut offset) = (Vec::new(), 0);
    while let Some(opened) = text[offset..].find('<').map(|i| offset + i) {
        let begins =
            text[opened + 1..].starts_with(|c: char| c.is_alphabetic() || c == '/' || c == '!');
        let mut quote = None;
        let closed = text[opened..].char_indices().find(|(_, c)| {
            match quote {
                Some(open) if open == *c => quote = None,
                None if matches!(c, '"' | '\'') => quote = Some(*c),
                None if *c == '>' => return true,
                _ => {}
            }
            false
        });
        let Some((length, _)) = closed.filter(|_| begins) else {
            offset = opened + 1;
            continue;
        };
        found.push((opened, &text[opened..=opened + length]));
        offset = opened + length + 1;
    }
    found
}

fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    name.split(|c: char| c.is_whitespace() || c == '>')
        .next()
        .unwrap_or_default()
}

fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    for (offset, _) in tag.match_indices("=\"") {
        let name = tag[..offset]
            .rsplit(|c: char| c.is_whitespace() || c == '"')
            .next()
            .unwrap_or_default();
        let value = &tag[offset + 2..];
        attributes.push((name, value.split('"').next().unwrap_or_default()));
    }
    attributes
}

/// Optional columns of a list that no template shows twice: in the head of the table and in its rows.
pub fn incomplete_columns(sources: &[Source]) -> Vec<String> {
    let templates: Vec<&Source> = sources.iter().filter(|file| file.is_template()).collect();
    let uses = |column: &str| {
        let condition = format!("columns.has({column})");
        let uses = templates.iter();
        uses.map(|file| file.text.matches(&condition).count())
            .sum::<usize>()
    };
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_product()) {
        let tables = source.product_text().split("\ncolumn_table! {\n").skip(1);
        for table in tables.filter_map(|text| text.split("\n}").next()) {
            let words = table.lines().map(str::trim);
            let words = words.filter(|line| !line.starts_with("///"));
            let mut words = words.filter_map(|line| line.split_once(' '));
            let name = words.next().map_or("", |(name, _)| name);
            let columns = words.filter(|(_, rest)| rest.starts_with("= "));
            for column in columns.map(|(column, _)| format!("{name}::{column}")) {
                if uses(&column) < 2 {
                    complaints.push(format!("{}: {column}", source.path));
                }
            }
        }
    }
    complaints
}

#[test]
fn a_column_without_heading_or_cells_is_found() {
    let table = "\ncolumn_table! {\n    /// A column.\n    C {\n        A = \"a\", \"x\";\n        B = \"b\", \"y\";\n    }\n    hidden { A }\n}\n";
    let planted = [
        Source::planted("src/leads/columns.rs", table),
        Source::planted(
            "templates/leads/list.html",
            "{% if data.listing.columns.has(C::A) %}{% endif %}{% if data.listing.columns.has(C::A) %}{% endif %}{% if data.listing.columns.has(C::B) %}{% endif %}",
        ),
    ];
    assert_eq!(incomplete_columns(&planted), ["src/leads/columns.rs: C::B"]);
}

#[test]
fn unsafe_markup_is_found() {
    let planted = [
        "{{ name | safe }}",
        "<p style=\"color:red\">",
        "<button onclick=\"x()\">",
        "<script>x()</script>",
        "<script src=\"a.js\">x()</script>",
        "<style>p{}</style>",
        "<a href=\"javascript:x()\">",
    ];
    for text in planted {
        assert_eq!(
            unsafe_markup(&[Source::planted("templates/a.html", text)]).len(),
            1,
            "{text}"
        );
    }
    let strict = "<script src=\"{{ a }}\" defer></script><p class=\"a\">{% if a || b %}{{ c }}{% endif %}</p>";
    assert!(unsafe_markup(&[Source::planted("templates/a.html", strict)]).is_empty());
}

#[test]
fn a_word_in_a_template_is_found() {
    let planted = [
        "<p>Save</p>",
        "<p>{{ x }} of {{ y }}</p>",
        "<img alt=\"Logo\">",
        "Hello",
        "<title>A</title>",
    ];
    for text in planted {
        assert_eq!(
            literal_words(&[Source::planted("templates/a.html", text)]).len(),
            1,
            "{text}"
        );
    }
    let macros = "{% macro aria(w) %}{% when \"won\" %}trophy{% endmacro %}";
    assert_eq!(
        literal_words(&[Source::planted("templates/a.html", macros)]),
        Vec::<String>::new()
    );
    let silent = "<!doctype html><p title=\"{{ page.t(\"a\") }}\">{# words #}{{ page.t(\"a-b\") }}&nbsp;· 1–2 <kbd>Ctrl</kbd>{% for x in y %}</p>";
    assert_eq!(
        literal_words(&[Source::planted("templates/a.html", silent)]),
        Vec::<String>::new()
    );
}
