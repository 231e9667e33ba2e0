use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use crate::clock::{Timestamp, Zone};

macro_rules! catalogues {
    ($($slice:literal),* $(,)?) => {
        /// Every catalogue file of a slice: English, Romanian.
        const FILES: &[(&str, &str)] = &[$((
            include_str!(concat!("../../locales/en/", $slice, ".ftl")),
            include_str!(concat!("../../locales/ro/", $slice, ".ftl")),
        )),*];
    };
}

catalogues!(
    "exchange",
    "moments",
    "money",
    "web",
    "errors",
    "access",
    "sessions",
    "api_tokens",
    "audit",
    "statuses",
    "rules",
    "handoffs",
    "changes",
    "status_list",
    "status_leads",
    "api_docs",
    "status_pages",
    "leads",
    "lead_detail",
    "lead_list",
    "lead_bulk",
    "lead_api",
    "board",
    "lead_exchange",
    "imports",
    "report_api",
    "report_handoffs",
    "reports",
);

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Ro,
}

/// A value put into a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A count or amount: chooses the plural form and is written with the language's separators.
    Number(i64),
    /// Text as it is.
    Text(String),
    /// An instant, written as the clocks of a zone show it.
    Instant(Timestamp, Zone),
}

macro_rules! arg_from {
    ($($type:ty => |$value:ident| $arg:expr;)+) => {$(
        impl From<$type> for Arg {
            fn from($value: $type) -> Arg {
                $arg
            }
        }
    )+};
}

arg_from! {
    i64 => |number| Arg::Number(number);
    &i64 => |number| Arg::Number(*number);
    usize => |number| Arg::Number(number as i64);
    &usize => |number| Arg::Number(*number as i64);
    &str => |text| Arg::Text(text.to_owned());
    &&str => |text| Arg::Text((*text).to_owned());
    String => |text| Arg::Text(text);
    (Timestamp, Zone) => |instant| Arg::Instant(instant.0, instant.1);
    &String => |text| Arg::Text(text.clone());
}

/// A sentence in no language yet: a catalogue key and its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: &'static str) -> Message {
        Message {
            key,
            args: Vec::new(),
        }
    }

    /// The message with one more argument.
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.args.push((name, value.into()));
        self
    }

    /// The sentence in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        lang.format(self.key, &self.args).into_owned()
    }
}

struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, resolved once: they are most of a page.
    plain: HashMap<String, String>,
    /// Messages that are text with gaps and nothing to choose, cut up once.
    cut: HashMap<String, Vec<Piece>>,
}

/// A piece of a message that was cut up.
enum Piece {
    Text(String),
    /// The name of the argument that belongs here.
    Gap(String),
}

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Lang::En));
static ROMANIAN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Lang::Ro));

impl Catalogue {
    fn load(lang: Lang) -> Catalogue {
        let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::En => |value, _| grouped(value, ','),
            Lang::Ro => |value, _| grouped(value, '.'),
        }));
        for source in sources(lang) {
            let resource = match FluentResource::try_new(source.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        let plain = keys(lang)
            .into_iter()
            .filter_map(|key| Some((key.clone(), resolve(&bundle, &key, None)?)))
            .collect();
        let cut = keys(lang)
            .into_iter()
            .filter_map(|key| Some((key.clone(), split_message(&bundle, &key)?)))
            .collect();
        Catalogue { bundle, plain, cut }
    }
}

/// The pieces of a message; nothing if it has plural forms or anything else to decide.
fn split_message(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<Vec<Piece>> {
    let pattern = bundle.get_message(key)?.value()?;
    let piece = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some(Piece::Text((*value).to_owned())),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::VariableReference { id }),
        } => Some(Piece::Gap(id.name.to_owned())),
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(piece).collect()
}

/// The sentence, or nothing if the key is unknown or an argument is missing.
fn resolve(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    args: Option<&FluentArgs>,
) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, args, &mut errors)
        .into_owned();
    errors.is_empty().then_some(text)
}

fn fluent_args<N: AsRef<str>>(lang: Lang, args: &[(N, Arg)]) -> FluentArgs<'_> {
    let args = args.iter().map(|(name, arg)| match arg {
        Arg::Number(number) => (name.as_ref(), FluentValue::from(*number)),
        Arg::Text(text) => (name.as_ref(), FluentValue::from(text.as_str())),
        Arg::Instant(at, zone) => (name.as_ref(), lang.datetime(*at, *zone).into()),
    });
    args.collect()
}

fn grouped(value: &FluentValue, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) => {
            Some(crate::i18n::digits::group(*value as i64, separator))
        }
        _ => None,
    }
}

/// The catalogue files of a language.
fn sources(lang: Lang) -> impl Iterator<Item = &'static str> {
    FILES.iter().map(move |(english, romanian)| match lang {
        Lang::En => *english,
        Lang::Ro => *romanian,
    })
}

/// The keys of all messages in one language, for tests of completeness.
pub fn keys(lang: Lang) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources(lang) {
        for line in source.lines() {
            if let Some((key, _)) = line.split_once('=')
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                found.insert(key.trim().to_owned());
            }
        }
    }
    found
}

impl Lang {
    /// The languages there are.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Ro];

    /// The code in HTML, in the profile and in the Accept-Language header: `en` or `ro`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ro => "ro",
        }
    }

    /// The language of a code or a tag such as `ro-MD`; nothing for others.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        match tag
            .split(['-', '_'])
            .next()
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("en") => Some(Lang::En),
            Some("ro") => Some(Lang::Ro),
            _ => None,
        }
    }

    fn catalogue(self) -> &'static Catalogue {
        match self {
            Lang::En => &ENGLISH,
            Lang::Ro => &ROMANIAN,
        }
    }

    /// The text of a key without arguments. An unknown key shows itself, and fails the tests.
    pub fn t(self, key: &'static str) -> &'static str {
        self.catalogue().plain.get(key).map_or(key, String::as_str)
    }

    /// The sentence for `count` things, in the plural form of the language.
    pub fn tn(self, key: &'static str, count: impl Into<Arg>) -> String {
        self.format(key, &[("count", count.into())]).into_owned()
    }

    /// The text of a key with its arguments.
    pub fn format(self, key: &'static str, args: &[(&'static str, Arg)]) -> Cow<'static, str> {
        if args.is_empty() {
            return Cow::Borrowed(self.t(key));
        }
        if let Some(text) = self.fill(key, args) {
            return Cow::Owned(text);
        }
        match resolve(
            &self.catalogue().bundle,
            key,
            Some(&fluent_args(self, args)),
        ) {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(self.t(key)),
        }
    }

    /// A message that is text with gaps, filled in; nothing if it is another, or an argument is missing.
    fn fill(self, key: &str, args: &[(&'static str, Arg)]) -> Option<String> {
        let mut text = String::with_capacity(64);
        for piece in self.catalogue().cut.get(key)? {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Gap(gap) => match &args.iter().find(|(name, _)| name == gap)?.1 {
                    Arg::Number(number) => text.push_str(&self.number(*number)),
                    Arg::Text(words) => text.push_str(words),
                    Arg::Instant(at, zone) => text.push_str(&self.datetime(*at, *zone)),
                },
            }
        }
        Some(text)
    }

    /// [`Lang::format`] for a key and arguments that were stored and read back.
    pub fn format_owned(self, key: &str, args: &[(String, Arg)]) -> String {
        let text = resolve(
            &self.catalogue().bundle,
            key,
            Some(&fluent_args(self, args)),
        );
        text.unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys() {
        assert_eq!(keys(Lang::En), keys(Lang::Ro));
    }

    #[test]
    fn every_catalogue_parses_without_junk() {
        for (english, romanian) in FILES {
            assert!(FluentResource::try_new((*english).to_owned()).is_ok());
            assert!(FluentResource::try_new((*romanian).to_owned()).is_ok());
        }
    }

    #[test]
    fn a_message_that_was_cut_up_reads_as_fluent_would_say_it() {
        let filled = Lang::Ro.fill("moment-minutes", &[("count", 1_234i64.into())]);
        assert_eq!(filled.as_deref(), Some("acum 1.234 min"));
        assert_eq!(
            Lang::Ro.fill("moment-days", &[("count", 2i64.into())]),
            None
        );
        assert_eq!(Lang::Ro.fill("moment-minutes", &[]), None);
    }

    #[test]
    fn romanian_has_three_plural_forms_and_dots_between_thousands() {
        let say = |count: i64| Lang::Ro.tn("moment-days", count);
        assert_eq!(say(1), "1 zi");
        assert_eq!(say(2), "2 zile");
        assert_eq!(say(20), "20 de zile");
        assert_eq!(say(12_345), "12.345 de zile");
    }
}
