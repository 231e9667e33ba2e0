//! What becomes of one row, given the lead that is here already. Pure.

use super::draft::Draft;
use super::lookups::{Found, Lookups};
use super::problem::Problem;
use crate::clock::Timestamp;
use crate::i18n::Message;
use crate::leads::text::Line;
use crate::leads::{Currency, Lead, LeadFields, Money, NewLead, Via};
use crate::statuses::Meant;

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    Create(NewLead),
    /// Fields that differ are written, and a status that differs is moved to.
    Change {
        id: i64,
        fields: Option<Box<LeadFields>>,
        status: Option<i64>,
    },
    Same,
    /// The lead lies in the bin and is left there.
    InBin,
}

/// A word of a row that means nothing here.
#[derive(Debug, Clone, PartialEq)]
pub enum Unknown {
    /// The lead is imported without an owner.
    Owner(String),
    /// The same, because several have that name.
    Several(String),
    /// The status must be made first.
    Status(String),
}

/// What rows are judged by.
pub struct Judge<'a> {
    pub lookups: &'a Lookups,
    /// The currency of values in rows that name none; nothing for that of the lead, else the default.
    pub currency: Option<Currency>,
    pub now: Timestamp,
}

impl Judge<'_> {
    /// What becomes of a row; what it does not know goes to `unknown`.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub fn decide(
        &self,
        draft: &Draft,
        existing: Option<&Lead>,
        unknown: &mut Vec<Unknown>,
    ) -> Result<Fate, Vec<Problem>> {
        let about = about(draft, existing);
        let status = self.status(draft, unknown);
        let fields = self.fields(draft, existing, unknown);
        let (status, fields) = match (status, fields, about) {
            (Ok(status), Ok(fields), Ok(())) => (status, fields),
            (status, fields, about) => {
                let problems = [about.err(), status.err(), fields.err()];
                return Err(problems.into_iter().flatten().collect());
            }
        };
        let Some(lead) = existing else {
            let at = draft.created_at.unwrap_or(self.now);
            return Ok(Fate::Create(NewLead {
                fields,
                status_id: status.unwrap_or(self.lookups.default_status),
                via: Via::Import,
                entered_at: at,
                created_at: at,
            }));
        };
        if lead.is_deleted() {
            return Ok(Fate::InBin);
        }
        let fields = (fields != lead.fields).then(|| Box::new(fields));
        let status = status.filter(|id| *id != lead.status_id);
        Ok(match (&fields, status) {
            (None, None) => Fate::Same,
            _ => Fate::Change {
                id: lead.id,
                fields,
                status,
            },
        })
    }

    /// True if a row has a value and nobody says in which currency: for a new lead, that is the default.
    pub fn assumes_currency(&self, draft: &Draft) -> bool {
        let has_value = draft.value.as_ref().is_some_and(|text| !text.is_empty());
        has_value && draft.currency.or(self.currency).is_none()
    }

    /// The status that a row names; one that has yet to be made is nothing, and noted.
    fn status(&self, draft: &Draft, unknown: &mut Vec<Unknown>) -> Result<Option<i64>, Problem> {
        let Some(text) = &draft.status else {
            return Ok(None);
        };
        match self.lookups.statuses.find(text) {
            Meant::InUse(id) => Ok(Some(id)),
            Meant::Archived(_) => {
                let told = Message::new("lead-import-archived").with("name", text.as_str());
                Err(Problem::at(draft.line, "status", told))
            }
            Meant::Several => {
                let told = several_statuses(self.lookups, text);
                Err(Problem::at(draft.line, "status", told))
            }
            Meant::Past(_) | Meant::Unknown => {
                unknown.push(Unknown::Status(text.clone()));
                Ok(None)
            }
        }
    }

    /// The fields of the lead afterwards.
    fn fields(
        &self,
        draft: &Draft,
        existing: Option<&Lead>,
        unknown: &mut Vec<Unknown>,
    ) -> Result<LeadFields, Problem> {
        let before = existing.map(|lead| &lead.fields);
        let mut fields = before
            .cloned()
            .unwrap_or_else(|| LeadFields::named(Line::default()));
        if before.is_none() {
            fields.external_ref = draft.external_ref.clone();
        }
        let stand_in = draft.stand_in.as_ref().filter(|_| before.is_none());
        if let Some(name) = draft.name.as_ref().or(stand_in) {
            fields.name = name.clone();
        }
        if let Some(company) = &draft.company {
            fields.company = company.clone();
        }
        if let Some(email) = &draft.email {
            fields.email = email.clone();
        }
        if let Some(phone) = &draft.phone {
            fields.phone = phone.clone();
        }
        if let Some(source) = &draft.source {
            fields.source = source.clone();
        }
        if let Some(owner) = &draft.owner {
            fields.owner = self.owner(owner, before.and_then(|fields| fields.owner), unknown);
        }
        self.price(draft, before.is_none(), &mut fields)
            .map_err(|message| Problem::at(draft.line, "value", message))?;
        Ok(fields)
    }

    /// A name that is nobody here says nothing about who it is: a lead that is here keeps its owner.
    fn owner(&self, text: &str, before: Option<i64>, unknown: &mut Vec<Unknown>) -> Option<i64> {
        if text.is_empty() {
            return None;
        }
        match self.lookups.person(text, before) {
            Found::User { id, is_enabled } if is_enabled || before == Some(id) => Some(id),
            Found::Several => {
                unknown.push(Unknown::Several(text.to_owned()));
                before
            }
            Found::User { .. } | Found::Nobody => {
                unknown.push(Unknown::Owner(text.to_owned()));
                before
            }
        }
    }

    /// Value and currency: an amount whose currency alone changes stays the same in major units.
    fn price(&self, draft: &Draft, is_new: bool, fields: &mut LeadFields) -> Result<(), Message> {
        let speaks = is_new || draft.value.is_some();
        let other = draft.currency.or(self.currency.filter(|_| speaks));
        let currency = other.unwrap_or(fields.currency);
        let text = match &draft.value {
            Some(text) => text.clone(),
            None if currency == fields.currency => return Ok(()),
            None => fields.money().map(Money::to_plain).unwrap_or_default(),
        };
        fields.value_cents = match text.is_empty() {
            true => None,
            false => Some(Money::parse(&text, currency)?.cents),
        };
        fields.currency = currency;
        Ok(())
    }
}

/// A lead without a reference goes by its id and the moment at which it was made, as export writes both: without the
/// moment, a row from elsewhere would look like it.
fn about(draft: &Draft, existing: Option<&Lead>) -> Result<(), Problem> {
    let is_sure = existing
        .is_none_or(|lead| !lead.fields.external_ref.is_empty() || draft.created_at.is_some());
    if is_sure {
        return Ok(());
    }
    let told =
        Message::new("lead-import-no-created").with("reference", draft.external_ref.as_str());
    Err(Problem::at(draft.line, "created_at", told))
}

/// What is said of a word that several archived statuses have for a name.
pub fn several_statuses(lookups: &Lookups, word: &str) -> Message {
    Message::new("lead-import-status-several")
        .with("name", word)
        .with("slugs", lookups.statuses.slugs(word))
}

#[cfg(test)]
mod tests {
    use super::super::lookups::tests::lookups;
    use super::*;
    use crate::leads::lead::tests::lead;
    use crate::leads::text::Mail;

    fn draft() -> Draft {
        Draft {
            line: 2,
            external_ref: Line::parse("X-1").unwrap(),
            name: None,
            stand_in: Some(Line::parse("Acme").unwrap()),
            company: Some(Line::parse("Acme").unwrap()),
            email: None,
            phone: None,
            source: None,
            owner: Some("Ana Pop".to_owned()),
            status: Some("Won".to_owned()),
            value: Some("1054".to_owned()),
            currency: None,
            created_at: None,
        }
    }

    fn decide(
        draft: &Draft,
        existing: Option<&Lead>,
    ) -> (Result<Fate, Vec<Problem>>, Vec<Unknown>) {
        let mut unknown = Vec::new();
        let lookups = lookups();
        let judge = Judge {
            lookups: &lookups,
            currency: None,
            now: Timestamp(9),
        };
        (judge.decide(draft, existing, &mut unknown), unknown)
    }

    /// The lead that the draft makes.
    fn made(draft: &Draft) -> Lead {
        let (fate, _) = decide(draft, None);
        let Ok(Fate::Create(new)) = fate else {
            panic!("{fate:?}");
        };
        Lead {
            fields: new.fields,
            status_id: new.status_id,
            ..lead(5, "x")
        }
    }

    #[test]
    fn a_row_makes_a_lead_and_the_same_row_again_nothing() {
        let here = made(&draft());
        assert_eq!(here.fields.name.as_str(), "Acme");
        assert_eq!((here.fields.owner, here.status_id), (Some(7), 2));
        assert_eq!(here.fields.money().unwrap().to_plain(), "1054.00");
        assert_eq!(decide(&draft(), Some(&here)), (Ok(Fate::Same), vec![]));
    }

    #[test]
    fn what_the_file_has_no_column_for_stays() {
        let mut here = made(&draft());
        here.fields.name = Line::parse("Renamed here").unwrap();
        here.fields.email = Mail::parse("a@b.ro").unwrap();
        here.fields.currency = Currency::parse("RON").unwrap();
        assert_eq!(decide(&draft(), Some(&here)).0, Ok(Fate::Same));
        let renaming = Draft {
            name: Some(Line::parse("Acme").unwrap()),
            ..draft()
        };
        let (fate, _) = decide(&renaming, Some(&here));
        assert!(
            matches!(fate, Ok(Fate::Change { fields: Some(fields), .. }) if fields.name.as_str() == "Acme")
        );
    }

    #[test]
    fn a_lead_that_is_only_known_by_its_id_needs_the_moment_at_which_it_was_made() {
        let mut here = made(&draft());
        here.fields.external_ref = Line::default();
        let (fate, _) = decide(&draft(), Some(&here));
        let problem = &fate.unwrap_err()[0];
        assert_eq!(problem.field, Some("created_at"));
        assert_eq!(problem.message.key, "lead-import-no-created");
        let row = Draft {
            created_at: Some(here.created_at),
            ..draft()
        };
        assert_eq!(decide(&row, Some(&here)).0, Ok(Fate::Same));
    }

    #[test]
    fn blank_is_no_value_and_zero_is_zero() {
        for (value, cents) in [("", None), ("0", Some(0))] {
            let row = Draft {
                value: Some(value.to_owned()),
                ..draft()
            };
            assert_eq!(made(&row).fields.value_cents, cents);
        }
        let wrong = Draft {
            value: Some("1,054".to_owned()),
            ..draft()
        };
        assert_eq!(decide(&wrong, None).0.unwrap_err()[0].field, Some("value"));
    }

    #[test]
    fn an_amount_whose_currency_alone_changes_stays_the_same() {
        let here = made(&draft());
        let row = Draft {
            value: None,
            currency: Some(Currency::parse("JPY").unwrap()),
            ..draft()
        };
        let (fate, _) = decide(&row, Some(&here));
        assert!(
            matches!(fate, Ok(Fate::Change { fields: Some(fields), .. }) if fields.value_cents == Some(1_054))
        );
    }

    #[test]
    fn a_name_that_is_nobody_here_takes_no_owner_away() {
        let row = Draft {
            owner: Some("Moses Frase".to_owned()),
            ..draft()
        };
        assert_eq!(made(&row).fields.owner, None);
        let here = made(&draft());
        let (fate, unknown) = decide(&row, Some(&here));
        assert_eq!(fate, Ok(Fate::Same));
        assert_eq!(unknown, [Unknown::Owner("Moses Frase".to_owned())]);
        let nobodys = Draft {
            owner: Some(String::new()),
            ..draft()
        };
        assert!(matches!(
            decide(&nobodys, Some(&here)).0,
            Ok(Fate::Change { .. })
        ));
    }

    #[test]
    fn a_status_must_be_there_and_in_use_and_a_lead_in_the_bin_stays_there() {
        let with = |status: &str| Draft {
            status: Some(status.to_owned()),
            ..draft()
        };
        let (_, unknown) = decide(&with("Nowhere"), None);
        assert_eq!(unknown, [Unknown::Status("Nowhere".to_owned())]);
        let (fate, _) = decide(&with("Old"), None);
        assert_eq!(fate.unwrap_err()[0].message.key, "lead-import-archived");
        let mut binned = made(&draft());
        binned.deleted_at = Some(Timestamp(1));
        assert_eq!(decide(&with("new"), Some(&binned)).0, Ok(Fate::InBin));
        binned.deleted_at = None;
        let moved = Fate::Change {
            id: 5,
            fields: None,
            status: Some(1),
        };
        assert_eq!(decide(&with("new"), Some(&binned)).0, Ok(moved));
    }
}
