//! Languages, messages, and the catalogues that translate them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_syntax::ast::Entry;
use fluent_syntax::parser::parse;
use intl_pluralrules::{PluralRuleType, PluralRules};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use super::arg::Arg;
use super::pieces::{Piece, choose, plain_text, split};

macro_rules! catalogues {
    ($($name:literal),* $(,)?) => {
        /// Every catalogue: English, Romanian.
        const FILES: &[(&str, &str)] = &[$((
            include_str!(concat!("../../locales/en/", $name, ".ftl")),
            include_str!(concat!("../../locales/ro/", $name, ".ftl")),
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
    /// Messages without variables: they are most of a page.
    plain: HashMap<String, String>,
    /// All messages.
    messages: HashMap<String, Vec<Piece>>,
    plurals: Option<PluralRules>,
}

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Lang::En));
static ROMANIAN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Lang::Ro));

impl Catalogue {
    fn load(lang: Lang) -> Catalogue {
        let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let message = |entry: &Entry<&str>| match entry {
            Entry::Message(message) => {
                let pieces = split(message.value.as_ref()?)?;
                Some((message.id.name.to_owned(), pieces))
            }
            _ => None,
        };
        let mut messages = HashMap::new();
        for source in sources(lang) {
            let resource = match parse(source) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            messages.extend(resource.body.iter().filter_map(message));
        }
        let text = |(key, pieces): (&String, &Vec<Piece>)| Some((key.clone(), plain_text(pieces)?));
        Catalogue {
            plain: messages.iter().filter_map(text).collect(),
            messages,
            plurals: PluralRules::create(id, PluralRuleType::CARDINAL).ok(),
        }
    }
}

/// The catalogue files of a language.
pub(super) fn sources(lang: Lang) -> impl Iterator<Item = &'static str> {
    FILES.iter().map(move |(english, romanian)| match lang {
        Lang::En => *english,
        Lang::Ro => *romanian,
    })
}

impl Lang {
    /// All languages.
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
        self.fill(key, args)
            .map_or(Cow::Borrowed(self.t(key)), Cow::Owned)
    }

    /// A message with its arguments; nothing if it is unknown or one is missing.
    fn fill<N: AsRef<str>>(self, key: &str, args: &[(N, Arg)]) -> Option<String> {
        let mut text = String::with_capacity(64);
        self.write(&mut text, self.catalogue().messages.get(key)?, args)?;
        Some(text)
    }

    fn write<N: AsRef<str>>(
        self,
        text: &mut String,
        pieces: &[Piece],
        args: &[(N, Arg)],
    ) -> Option<()> {
        let named = |name: &str| args.iter().find(|(key, _)| key.as_ref() == name);
        for piece in pieces {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Argument(name) => match &named(name)?.1 {
                    Arg::Number(number) => text.push_str(&self.number(*number)),
                    Arg::Text(words) => text.push_str(words),
                    Arg::Instant(at, zone) => text.push_str(&self.datetime(*at, *zone)),
                },
                Piece::Choice { by, forms, default } => {
                    let plurals = self.catalogue().plurals.as_ref()?;
                    let form = choose(&named(by)?.1, forms, *default, plurals)?;
                    self.write(text, form, args)?;
                }
            }
        }
        Some(())
    }

    /// [`Lang::format`] for a key and arguments that were stored and read back.
    pub fn format_owned(self, key: &str, args: &[(String, Arg)]) -> String {
        self.fill(key, args).unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_have_the_same_keys() {
        let [english, romanian] = Lang::ALL.map(|lang| {
            let keys = lang.catalogue().messages.keys();
            keys.collect::<BTreeSet<_>>()
        });
        assert_eq!(english, romanian);
    }

    #[test]
    fn every_catalogue_parses_without_junk() {
        for (english, romanian) in FILES {
            assert!(parse(*english).is_ok());
            assert!(parse(*romanian).is_ok());
        }
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
