//! Who the leads of the demonstration are.

use serde::Deserialize;

use super::Chance;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message, fold};
use crate::leads::text::{Line, Mail};
use crate::leads::{Currency, LeadFields};

/// The words that leads are made of, in both languages.
#[derive(Deserialize)]
pub struct Book {
    sources: Vec<String>,
    ro: Words,
    en: Words,
}

/// The words of one language.
#[derive(Deserialize)]
pub struct Words {
    first: Vec<String>,
    last: Vec<String>,
    brand: Vec<String>,
    trade: Vec<String>,
    form: Vec<String>,
    pub lost: Vec<String>,
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

impl Book {
    /// The book itself.
    pub fn open() -> Result<Book> {
        serde_json::from_str(include_str!("words.json")).map_err(Error::internal)
    }

    /// The words of a lead's language.
    pub fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Ro => &self.ro,
            Lang::En => &self.en,
        }
    }

    /// Someone who may buy.
    pub fn lead(&self, chance: &mut Chance, lang: Lang) -> Result<LeadFields> {
        let words = self.words(lang);
        let mut word = |from: &[String]| chance.pick(from).cloned().unwrap_or_default();
        let (first, last) = (word(&words.first), word(&words.last));
        let (brand, trade) = (word(&words.brand), word(&words.trade));
        let company = format!("{brand} {trade} {}", word(&words.form));
        let source = word(&self.sources);
        let domain = format!("{}-{}.example", plain(&brand), plain(&trade));
        let (name, company, mail) = match chance.below(100) {
            // A company of which nobody is known yet, and a person who named no company.
            0..16 => (company, String::new(), format!("office@{domain}")),
            16..22 => {
                let mail = format!("{}.{}@mail.example", plain(&first), plain(&last));
                (format!("{first} {last}"), String::new(), mail)
            }
            _ => {
                let mail = format!("{}.{}@{domain}", plain(&first), plain(&last));
                (format!("{first} {last}"), company, mail)
            }
        };
        let has_mail = chance.percent(92);
        let (value_cents, currency) = value(chance, lang)?;
        Ok(LeadFields {
            company: Line::parse(&company).map_err(told)?,
            email: Mail::parse(if has_mail { &mail } else { "" }).map_err(told)?,
            phone: Line::parse(&phone(chance, lang)).map_err(told)?,
            source: Line::parse(&source).map_err(told)?,
            value_cents,
            currency,
            ..LeadFields::named(Line::parse(&name).map_err(told)?)
        })
    }
}

/// What the words of the book can't be, as a failure of the program.
pub fn told(message: Message) -> Error {
    Error::internal(message.text(Lang::En))
}

fn plain(word: &str) -> String {
    let folded = fold(word);
    folded.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Numbers that were never given to anybody.
fn phone(chance: &mut Chance, lang: Lang) -> String {
    if !chance.percent(85) {
        return String::new();
    }
    match lang {
        Lang::Ro => format!("+40 700 000 {:03}", chance.below(1_000)),
        Lang::En => format!("+44 20 7946 0{:03}", chance.below(1_000)),
    }
}

/// Most are worth some thousands, few much more, and of some it isn't known yet.
fn value(chance: &mut Chance, lang: Lang) -> Result<(Option<i64>, Currency)> {
    let code = match (lang, chance.below(100)) {
        (Lang::Ro, 0..28) => "RON",
        (Lang::En, 0..14) => "USD",
        _ => "EUR",
    };
    let currency = Currency::parse(code).map_err(told)?;
    if !chance.percent(86) {
        return Ok((None, currency));
    }
    let steps = [(12, 40), (40, 35), (120, 20), (360, 5)];
    let most = chance.weighed(&steps).unwrap_or(12);
    let rate = if code == "RON" { 5 } else { 1 };
    let cents = (3 + chance.below(most)) * 25_000 * rate;
    Ok((Some(cents), currency))
}
