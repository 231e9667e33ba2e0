//! A search, parsed into terms that a lead must all have: words of its texts or its owner's name, and telephone numbers.

use crate::access::users;
use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::i18n::{fold_search, like_pattern};
use crate::leads::domain::text::PHONE_KEY_DIGITS;

/// The shortest word that finds owners: one or two letters begin the names of too many.
const MIN_OWNER_LETTERS: usize = 3;

/// A term of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Folded words, each of which is in the texts of the lead.
    pub words: Vec<String>,
    /// Or its telephone number ends with these digits.
    pub phone: Option<String>,
    /// Or it belongs to one of these users.
    pub owners: Vec<i64>,
}

/// A search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The text of the search; empty for none.
    pub q: String,
    pub terms: Vec<Term>,
}

impl Search {
    /// Reads the owners whose names the words of a search begin.
    pub fn load(conn: &mut Conn, q: &str) -> Result<Search> {
        let mut search = Search::parse(q);
        if search.terms.is_empty() {
            return Ok(search);
        }
        let users = users::list_all(conn)?.into_iter();
        let users: Vec<(i64, String)> = users
            .map(|user| (user.id, fold_search(&user.name)))
            .collect();
        for term in &mut search.terms {
            if let [word] = term.words.as_slice() {
                term.owners = owners_named(&users, word);
            }
        }
        Ok(search)
    }

    /// The terms of a search, without owners. Words of a telephone number are one term.
    pub fn parse(q: &str) -> Search {
        let folded = fold_search(q);
        let mut terms: Vec<Term> = Vec::new();
        let words = folded.split(' ').filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        for run in words.chunk_by(|one, next| is_of_phone(one) && is_of_phone(next)) {
            let digits: String = run.concat().chars().filter(char::is_ascii_digit).collect();
            let is_phone =
                run.iter().all(|word| is_of_phone(word)) && digits.len() >= PHONE_KEY_DIGITS;
            let term = |words: &[&str]| Term {
                words: words.iter().map(|word| (*word).to_owned()).collect(),
                phone: is_phone.then(|| digits[digits.len() - PHONE_KEY_DIGITS..].to_owned()),
                owners: Vec::new(),
            };
            // Words of one or two digits tell too little beside the number.
            let has_short_words = run.iter().any(|word| word.len() < 3);
            match is_phone {
                true if has_short_words => terms.push(term(&[])),
                true => terms.push(term(run)),
                false => terms.extend(run.iter().map(|word| term(&[*word]))),
            }
        }
        Search {
            q: q.to_owned(),
            terms,
        }
    }

    /// The lead has every term. A search of nothing but accents has none.
    pub fn condition(&self) -> Option<SqlText> {
        if self.q.is_empty() {
            return None;
        }
        Some(all_of(&self.terms))
    }
}

/// The condition that a lead has all of these terms; none finds no lead.
pub fn all_of<'a>(terms: impl IntoIterator<Item = &'a Term>) -> SqlText {
    let all = SqlText::join(terms.into_iter().map(Term::condition), " and ");
    if all.is_empty() {
        return SqlText::new("1 = 0");
    }
    all
}

impl Term {
    /// True for a word of one or two letters, which has no trigram.
    pub fn is_short(&self) -> bool {
        self.phone.is_none() && self.words.iter().all(|word| word.chars().count() < 3)
    }

    /// This term, of the texts of leads alone.
    pub fn without_owners(&self) -> Term {
        Term {
            owners: Vec::new(),
            ..self.clone()
        }
    }

    fn condition(&self) -> SqlText {
        let contains = |pattern: String| {
            SqlText::new("search_key like ")
                .text(pattern)
                .sql(" escape '\\'")
        };
        let words = self.words.iter().map(|word| contains(like_pattern(word)));
        let words = [SqlText::join(words, " and ")].into_iter();
        // Search keys hold the digits of the number in a line of their own.
        let phone = self.phone.iter();
        let phone = phone.map(|digits| contains(format!("%{digits}\n%")));
        let of_owners = || SqlText::new("owner_id in ").then(SqlText::row(self.owners.clone()));
        let owners = (!self.owners.is_empty()).then(of_owners);
        let any = words.chain(phone).chain(owners);
        let any = SqlText::join(any.filter(|part| !part.is_empty()), " or ");
        SqlText::new("(").then(any).sql(")")
    }
}

/// The ids of the users with a name of which a word, or the whole, begins with this word.
fn owners_named(users: &[(i64, String)], word: &str) -> Vec<i64> {
    if word.chars().count() < MIN_OWNER_LETTERS {
        return Vec::new();
    }
    let is_named = |name: &str| name.split([' ', '-']).any(|part| part.starts_with(word));
    let named = users
        .iter()
        .filter(|(_, name)| is_named(name) || name.starts_with(word));
    named.map(|(id, _)| *id).collect()
}

/// True for a word that may be a part of a telephone number.
fn is_of_phone(word: &str) -> bool {
    let is_symbol = |c: char| matches!(c, '+' | '(' | ')' | '-' | '.' | '/');
    word.chars().all(|c| c.is_ascii_digit() || is_symbol(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(q: &str) -> Vec<(String, Option<String>)> {
        let terms = Search::parse(q).terms.into_iter();
        terms
            .map(|term| (term.words.join(" "), term.phone))
            .collect()
    }

    #[test]
    fn the_words_of_a_telephone_number_are_one_term_of_its_last_nine_digits() {
        let number = Some("722123456".to_owned());
        for text in [
            "+40 722 123 456",
            "0722-123-456",
            "722123456",
            "0040 (722) 123.456",
        ] {
            let terms = terms(text);
            assert_eq!(terms.len(), 1, "{text}");
            assert_eq!(terms[0].1, number, "{text}");
        }
        let mixed = terms("Ana 0722 123 456 Acme");
        let words: Vec<&str> = mixed.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(words, ["ana", "0722 123 456", "acme"]);
        let cut_up = terms("07 22 12 34 56 7");
        assert_eq!(cut_up, [(String::new(), Some("221234567".to_owned()))]);
        assert!(terms("0722 123").iter().all(|(_, phone)| phone.is_none()));
        assert_eq!(terms("0722 123").len(), 2);
    }

    #[test]
    fn an_owner_is_found_by_the_beginnings_of_their_names() {
        let users = [
            (7, "ana-maria pop".to_owned()),
            (8, "ioana o'neill".to_owned()),
        ];
        assert_eq!(owners_named(&users, "ana"), [7]);
        assert_eq!(owners_named(&users, "maria"), [7]);
        assert_eq!(owners_named(&users, "o'ne"), [8]);
        assert_eq!(owners_named(&users, "po"), Vec::<i64>::new());
    }

    #[test]
    fn a_search_without_a_word_finds_nothing() {
        assert_eq!(Search::parse("").condition(), None);
        let accents = Search::parse("\u{301}").condition();
        assert_eq!(accents, Some(SqlText::new("1 = 0")));
    }
}
