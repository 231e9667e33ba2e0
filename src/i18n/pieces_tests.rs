//! Tests of `pieces.rs`: texts are the same as the Fluent library makes them.

use std::collections::BTreeSet;

use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use fluent_syntax::parser::parse;

use super::*;
use crate::i18n::catalogue::{Lang, sources};
use crate::i18n::digits::group;

fn grouped(value: &FluentValue, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) => Some(group(*value as i64, separator)),
        _ => None,
    }
}

/// The messages of a language, as `fluent-bundle` says them.
fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![lang.code().parse().unwrap()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| grouped(value, ','),
        Lang::Ro => |value, _| grouped(value, '.'),
    }));
    for source in sources(lang) {
        let resource = FluentResource::try_new(source.to_owned()).unwrap();
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The names of all arguments in these pieces, and the words by which they choose.
fn names_and_words(pieces: &[Piece]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut names, mut words) = (BTreeSet::new(), BTreeSet::new());
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Argument(name) => _ = names.insert(name.clone()),
            Piece::Choice { by, forms, .. } => {
                names.insert(by.clone());
                for (word, pieces) in forms {
                    let (more_names, more_words) = names_and_words(pieces);
                    names.extend(more_names);
                    words.extend(more_words);
                    words.insert(word.clone());
                }
            }
        }
    }
    (names, words)
}

#[test]
fn every_message_reads_as_fluent_says_it() {
    let numbers = [0, 1, 2, 3, 19, 20, 21, 100, 101, 119, 120, 1_234, -1].map(Arg::Number);
    for lang in Lang::ALL {
        let bundle = bundle(lang);
        let resources = sources(lang).map(|source| parse(source).unwrap());
        let entries = resources.flat_map(|resource| resource.body);
        for entry in entries {
            let Entry::Message(message) = entry else {
                continue;
            };
            let (key, pattern) = (message.id.name, message.value.unwrap());
            let (names, words) = names_and_words(&split(&pattern).expect(key));
            let words = words.into_iter().map(Arg::Text);
            for arg in numbers.iter().cloned().chain(words) {
                let value = match &arg {
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                    Arg::Instant(..) => continue,
                };
                let values = names
                    .iter()
                    .map(|name| (name.as_str(), value.clone()))
                    .collect();
                let said = bundle.format_pattern(&pattern, Some(&values), &mut Vec::new());
                let args: Vec<_> = names
                    .iter()
                    .map(|name| (name.clone(), arg.clone()))
                    .collect();
                assert_eq!(lang.format_owned(key, &args), said, "{key} {args:?}");
            }
        }
    }
}

#[test]
fn a_message_whose_argument_is_missing_shows_its_key() {
    assert_eq!(
        Lang::Ro.format_owned("moment-minutes", &[]),
        "moment-minutes"
    );
}
