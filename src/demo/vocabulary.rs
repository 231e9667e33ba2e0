//! Makes the fields of a lead of the demonstration.

use serde::Deserialize;

use crate::channel::Channel;
use crate::demo::random::Random;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message, fold};
use crate::leads::domain::lead::LeadFields;
use crate::leads::domain::text::{LeadEmail, TextLine};
use crate::money::Currency;

/// The words that leads are made of, in both languages.
#[derive(Default, Deserialize)]
pub struct Vocabulary {
    ro: LangWords,
    en: LangWords,
}

/// The words of one language.
#[derive(Default, Deserialize)]
pub struct LangWords {
    sources: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    brand: Vec<String>,
    trade: Vec<String>,
    form: Vec<String>,
    pub lost: Vec<String>,
    /// Why a lead passes although it doesn't meet a rule.
    pub overrides: Vec<String>,
    /// Why a lead is not accepted: the reasons of the hand-off.
    pub declined: Vec<String>,
    pub junk: Vec<String>,
    pub later: Vec<String>,
    pub back: Vec<String>,
    pub again: Vec<String>,
    pub won: Vec<String>,
    pub ahead: Vec<String>,
    pub pause: Vec<String>,
    pub notes: Vec<String>,
    pub moves: Vec<String>,
}

impl Vocabulary {
    /// The words of a language.
    pub fn words(&self, lang: Lang) -> &LangWords {
        match lang {
            Lang::Ro => &self.ro,
            Lang::En => &self.en,
        }
    }

    /// The channel of leads from a source, whose name is in `lang`.
    pub fn channel_of(&self, source: &str, lang: Lang) -> Channel {
        let sources = &self.words(lang).sources;
        let index = sources.iter().position(|name| name == source);
        let english = index.and_then(|index| self.en.sources.get(index));
        match english.map(String::as_str) {
            Some("Website") => Channel::Api,
            Some("Trade fair") => Channel::Import,
            _ => Channel::Ui,
        }
    }

    /// The fields of a new lead that speaks `lang`; its source is named in the language of the demonstration.
    pub fn lead(&self, random: &mut Random, lang: Lang, demo_lang: Lang) -> Result<LeadFields> {
        let words = self.words(lang);
        let mut pick = |words: &[String]| random.pick(words).cloned().unwrap_or_default();
        let (first, last) = (pick(&words.first), pick(&words.last));
        let (brand, trade) = (pick(&words.brand), pick(&words.trade));
        let company = format!("{brand} {trade} {}", pick(&words.form));
        let source = pick(&self.words(demo_lang).sources);
        let domain = format!("{}-{}.example", domain_part(&brand), domain_part(&trade));
        let (name, company, mail) = match random.below(100) {
            // A company without a contact, then a person without a company.
            0..16 => (company, String::new(), format!("office@{domain}")),
            16..22 => {
                let mail = format!(
                    "{}.{}@mail.example",
                    domain_part(&first),
                    domain_part(&last)
                );
                (format!("{first} {last}"), String::new(), mail)
            }
            _ => {
                let mail = format!("{}.{}@{domain}", domain_part(&first), domain_part(&last));
                (format!("{first} {last}"), company, mail)
            }
        };
        let has_email = random.percent(92);
        let (value_cents, currency) = value(random, lang)?;
        Ok(LeadFields {
            company: TextLine::parse(&company).map_err(invalid_text)?,
            email: LeadEmail::parse(if has_email { &mail } else { "" }).map_err(invalid_text)?,
            phone: TextLine::parse(&phone(random, lang)).map_err(invalid_text)?,
            source: TextLine::parse(&source).map_err(invalid_text)?,
            value_cents,
            currency,
            ..LeadFields::with_name(TextLine::parse(&name).map_err(invalid_text)?)
        })
    }
}

/// The internal error for a text that a field refuses.
pub fn invalid_text(message: Message) -> Error {
    Error::internal(message.text(Lang::En))
}

fn domain_part(word: &str) -> String {
    let folded = fold(word);
    folded.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Numbers that are reserved or never assigned.
fn phone(random: &mut Random, lang: Lang) -> String {
    if !random.percent(85) {
        return String::new();
    }
    match lang {
        Lang::Ro => format!("+40 700 000 {:03}", random.below(1_000)),
        Lang::En => format!("+44 20 7946 0{:03}", random.below(1_000)),
    }
}

/// Most values are some thousands, a few are much larger, and some are unknown.
fn value(random: &mut Random, lang: Lang) -> Result<(Option<i64>, Currency)> {
    let code = match (lang, random.below(100)) {
        (Lang::Ro, 0..28) => "RON",
        (Lang::En, 0..14) => "USD",
        _ => "EUR",
    };
    let currency = Currency::parse(code).map_err(invalid_text)?;
    if !random.percent(86) {
        return Ok((None, currency));
    }
    let ranges = [(12, 40), (40, 35), (120, 20), (360, 5)];
    let max = random.weighted(&ranges).copied().unwrap_or(12);
    let rate = if code == "RON" { 5 } else { 1 };
    let cents = (3 + random.below(max)) * 25_000 * rate;
    Ok((Some(cents), currency))
}
