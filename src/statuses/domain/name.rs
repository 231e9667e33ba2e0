//! The name of a status and the slug that is made from it.

use crate::i18n::{Message, fold, fold_name};
use crate::records::checked_text::checked_text;
use crate::records::text::breaks_line;

checked_text! {
    /// The name of a status: 1 to 50 characters (Unicode scalar values), at least one of them visible.
    pub struct Name;
}

impl Name {
    /// The most characters a name may have.
    pub const MAX: usize = 50;

    /// Parses a typed name, without the white space around it.
    pub fn parse(typed: &str) -> Result<Name, Message> {
        let name = typed.trim();
        let length = name.chars().count();
        if name.is_empty() {
            Err(Message::new("status-name-missing"))
        } else if name.chars().any(breaks_line) {
            Err(Message::new("status-name-control"))
        } else if length > Name::MAX {
            Err(Message::new("status-name-too-long")
                .with("max", Name::MAX)
                .with("length", length))
        } else if fold_name(name).chars().all(is_blank) {
            Err(Message::new("status-name-invisible"))
        } else {
            Ok(Name(name.to_owned()))
        }
    }

    /// The key for uniqueness: the name without regard to case, accents and invisible characters.
    pub fn key(&self) -> String {
        fold_name(&self.0)
    }
}

/// Characters that look like a space, besides those that folding drops.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' | '\u{e0000}'..='\u{e0fff}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}')
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

checked_text! {
    /// The name of a status in files, made once from its first name and never changed.
    #[derive(PartialOrd, Ord)]
    pub struct Slug;
}

impl Slug {
    /// The most characters a slug may have.
    pub const MAX: usize = 60;

    /// The slug of a name in ASCII letters, digits and hyphens; `status` if none remain.
    pub fn of(name: &Name) -> Slug {
        let mut slug = String::new();
        for c in fold(name.as_str()).chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(Slug::MAX);
        let slug = slug.trim_end_matches('-');
        Slug(if slug.is_empty() { "status" } else { slug }.to_owned())
    }

    /// Parses a slug: lower-case ASCII letters, digits and single inner hyphens.
    pub fn parse(text: &str) -> Result<Slug, Message> {
        let text = text.trim();
        let is_valid = text.len() <= Slug::MAX
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
        if is_valid {
            Ok(Slug(text.to_owned()))
        } else {
            Err(Message::new("status-slug-invalid").with("max", Slug::MAX))
        }
    }

    /// This slug, or the first of `slug-2`, `slug-3`, … that isn't taken.
    pub fn unique(self, is_taken: impl Fn(&str) -> bool) -> Slug {
        if !is_taken(&self.0) {
            return self;
        }
        let mut number = 2u64;
        loop {
            let end = format!("-{number}");
            let start = &self.0[..self.0.len().min(Slug::MAX - end.len())];
            let candidate = format!("{}{end}", start.trim_end_matches('-'));
            if !is_taken(&candidate) {
                return Slug(candidate);
            }
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn refusal(typed: &str) -> &'static str {
        Name::parse(typed).expect_err(typed).key
    }

    fn slug_of(name: &str) -> String {
        Slug::of(&Name::parse(name).unwrap()).to_string()
    }

    #[test]
    fn a_name_has_1_to_50_characters_and_a_visible_one() {
        assert_eq!(Name::parse("  Qualified ").unwrap().as_str(), "Qualified");
        assert!(Name::parse(&"ș".repeat(50)).is_ok());
        assert!(Name::parse(&"🙂".repeat(50)).is_ok());
        assert!(Name::parse("مؤهل").is_ok());
        assert_eq!(refusal("   "), "status-name-missing");
        assert_eq!(refusal("a\0b"), "status-name-control");
        assert_eq!(refusal("a\nb"), "status-name-control");
        for unseen in ["\u{200b}\u{200e}", "\u{301}", "\u{3164}", "\u{feff}"] {
            assert_eq!(refusal(unseen), "status-name-invisible", "{unseen:?}");
        }
    }

    #[test]
    fn a_name_that_is_too_long_is_refused_with_its_length() {
        let message = Name::parse(&"x".repeat(51)).unwrap_err();
        assert_eq!(
            message.text(Lang::En),
            "Shorten the name to 50 characters; it has 51"
        );
    }

    #[test]
    fn names_differing_only_by_case_accent_or_space_have_one_key() {
        let key = |name: &str| Name::parse(name).unwrap().key();
        assert_eq!(key("Ofertă  trimisă"), key("OFERTA TRIMISA"));
        assert_ne!(key("Offer"), key("Offer 2"));
    }

    #[test]
    fn a_slug_is_the_name_in_plain_letters() {
        assert_eq!(slug_of("Ofertă / trimisă!"), "oferta-trimisa");
        assert_eq!(slug_of("--- 2nd call ---"), "2nd-call");
        assert_eq!(slug_of("🙂"), "status");
        assert_eq!(slug_of("مؤهل"), "status");
        // One character can fold to several, but the slug keeps to its maximum.
        assert!(slug_of(&"㎯".repeat(50)).len() <= Slug::MAX);
        for name in ["Ofertă / trimisă!", "🙂", "a - b"] {
            assert!(Slug::parse(&slug_of(name)).is_ok());
        }
    }

    #[test]
    fn a_taken_slug_gets_the_next_number() {
        let taken = ["new", "new-2"];
        let is_taken = |slug: &str| taken.contains(&slug);
        assert_eq!(
            Slug::parse("new").unwrap().unique(is_taken).as_str(),
            "new-3"
        );
        assert_eq!(Slug::parse("won").unwrap().unique(is_taken).as_str(), "won");
        let long = Slug::parse(&"a".repeat(60)).unwrap();
        let next = long.clone().unique(|slug| slug == long.as_str());
        assert_eq!(next.as_str(), format!("{}-2", "a".repeat(58)));
    }

    #[test]
    fn a_slug_from_a_file_is_checked() {
        for bad in ["", "Won", "a b", "-a", "a--b", "ș", &"a".repeat(61)] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
    }
}
