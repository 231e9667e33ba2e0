//! Saving an edit of a lead. An edit of a lead that is in the bin can restore it.

use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Lang;
use crate::leads::actions::audit_entries::SUBJECT;
use crate::leads::actions::changes;
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::rights::Rights;
use crate::leads::store;
use crate::records::edit::{self, DeletedEdit, EditOutcome, Editable, History, RecordEdit};
use crate::records::fields::Fields;

impl Editable for Lead {
    type Values = LeadFields;
    type Form = LeadForm;

    fn values(&self) -> LeadFields {
        self.fields.clone()
    }

    fn version(&self) -> i32 {
        self.version
    }

    fn last_change(&self) -> (&str, Timestamp) {
        (&self.updated_by, self.updated_at)
    }
}

/// An edit of a lead by a user with these rights.
struct LeadEdit<'a> {
    actor: &'a Actor,
    rights: Rights,
}

impl RecordEdit<Lead> for LeadEdit<'_> {
    fn history(&self, conn: &mut Conn, lead: &Lead, version: Option<i32>) -> Result<History<Lead>> {
        audit::history_since(conn, SUBJECT, lead.id, version)
    }

    /// Restores a lead in the bin.
    fn prepare(&self, conn: &mut Conn, lead: Lead) -> Result<Lead> {
        if !lead.is_in_bin() {
            return Ok(lead);
        }
        changes::restore(conn, self.actor, self.rights, &[lead.id])?;
        store::find(conn, lead.id)
    }

    fn write(&self, conn: &mut Conn, lead: &Lead, values: &LeadFields) -> Result<Lead> {
        changes::update(conn, self.actor, self.rights, lead.id, values)
    }
}

/// Saves an edit: its fields, the `version` it started from, the choices after a conflict, and `restore` to take the
/// lead out of the bin first.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] if the user may not edit the lead, change its owner or restore it.
///
/// [`Error::NotFound`]: crate::error::Error::NotFound
/// [`Error::Forbidden`]: crate::error::Error::Forbidden
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    fields: &Fields,
    lang: Lang,
) -> Result<EditOutcome<Lead>> {
    let typed = LeadForm::read_in_lang(fields, lang);
    let lead = store::lock(conn, id)?;
    rights.require_edit(&lead)?;
    if lead.is_in_bin() {
        if !fields.is_on("restore") {
            return edit_in_bin(conn, lead, typed);
        }
        rights.require_manage()?;
    }
    edit::save(conn, &LeadEdit { actor, rights }, lead, typed, fields)
}

fn edit_in_bin(conn: &mut Conn, lead: Lead, typed: LeadForm) -> Result<EditOutcome<Lead>> {
    let last = audit::list_by_subject(conn, SUBJECT, lead.id, None, 1)?.pop();
    let (by, at) = match last {
        Some(entry) => (entry.actor, entry.recorded_at),
        None => (lead.updated_by.clone(), lead.updated_at),
    };
    Ok(EditOutcome::Deleted(DeletedEdit {
        name: lead.fields.name.to_string(),
        by,
        at,
        typed,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::LeadField;
    use crate::leads::domain::lead::tests::lead;
    use crate::leads::domain::text::TextLine;
    use crate::money::{Currency, Money};
    use crate::records::edit::{Merge, apply_choices};

    fn merge(
        base: Option<&LeadFields>,
        mine: &LeadFields,
        theirs: &LeadFields,
    ) -> Merge<LeadFields> {
        edit::merge(base, mine, theirs, |_| true, &[])
    }

    fn fields(company: &str, value: i64, currency: &str) -> LeadFields {
        LeadFields {
            company: TextLine::parse(company).unwrap(),
            value_cents: Some(value),
            currency: Currency::parse(currency).unwrap(),
            ..lead(1, "Ana").fields
        }
    }

    #[test]
    fn changes_to_different_fields_merge() {
        let base = fields("Acme", 100, "EUR");
        let (mine, theirs) = (fields("Acme", 200, "EUR"), fields("Zeta", 100, "EUR"));
        let merge = merge(Some(&base), &mine, &theirs);
        assert_eq!(merge.merged, fields("Zeta", 200, "EUR"));
        assert_eq!(
            (merge.conflicts.len(), merge.theirs_only),
            (0, vec![LeadField::Company])
        );
    }

    #[test]
    fn a_value_merges_together_with_its_currency() {
        let base = fields("Acme", 100, "EUR");
        let (mine, theirs) = (fields("Acme", 200, "EUR"), fields("Acme", 100, "JPY"));
        assert_eq!(
            merge(Some(&base), &mine, &theirs).conflicts,
            [LeadField::Value]
        );
        let merge = merge(Some(&base), &base, &theirs);
        let money = merge.merged.money().map(Money::to_plain);
        assert_eq!(money.as_deref(), Some("100"));
    }

    #[test]
    fn without_a_base_every_difference_is_a_conflict() {
        let (mine, theirs) = (fields("Acme", 1, "EUR"), fields("Zeta", 2, "EUR"));
        assert_eq!(
            merge(None, &mine, &theirs).conflicts,
            [LeadField::Company, LeadField::Value]
        );
        assert_eq!(merge(None, &mine, &mine).conflicts.len(), 0);
    }

    #[test]
    fn a_choice_takes_one_side() {
        let (mut mine, theirs) = (fields("Acme", 1, "EUR"), fields("Zeta", 2, "RON"));
        let choices = |choice| Fields::from_pairs([("choose_value", choice)]);
        assert!(apply_choices(&mut mine, &theirs, &choices("both")).is_err());
        apply_choices(&mut mine, &theirs, &choices("theirs")).unwrap();
        assert_eq!(mine, fields("Acme", 2, "RON"));
    }
}
