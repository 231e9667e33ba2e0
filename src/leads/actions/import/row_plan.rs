//! Plans one row of leads, given the lead that exists already. Pure.

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::i18n::Message;
use crate::leads::actions::import::lookups::{Lookups, UserMatch};
use crate::leads::actions::import::parsed::{ParsedLead, ParsedValue};
use crate::leads::actions::import::problem::Problem;
use crate::leads::domain::dataset::parse_fallback_ref;
use crate::leads::domain::judgement::EntryRecord;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields, LeadValue};
use crate::leads::domain::new_lead::NewLead;
use crate::leads::domain::text::{Reason, source_key};
use crate::leads::domain::visit::ImportedVisit;
use crate::money::{CellAmount, Currency, Money};
use crate::records::field::{Field as _, FieldValues};
use crate::statuses::StatusMatch;

/// The outcome of a row of leads or a history.
#[derive(Debug, Clone, PartialEq)]
pub enum RowOutcome {
    Create(Box<NewLead>),
    /// Writes fields that differ, and moves the lead if its status differs.
    Change {
        id: i64,
        fields: Option<Box<LeadFields>>,
        status: Option<i64>,
        /// Why it moves; may be empty.
        reason: Reason,
    },
    /// These visits replace the visits that imports wrote before.
    Replace(Vec<ImportedVisit>),
    Unchanged,
    /// The lead is in the bin and stays there.
    InBin,
}

/// A name in a row that no user and no status has.
#[derive(Debug, Clone, PartialEq)]
pub enum UnknownName {
    /// No user has this name: the lead is imported without an owner.
    Owner(String),
    /// Several users have this name: the lead is imported without an owner.
    AmbiguousOwner(String),
    /// The status must be created first.
    Status(String),
}

/// The id of the status that a line names; `None` for a status that must be created first, whose name is added to
/// `unknown`. A past status may be archived or deleted.
///
/// # Errors
/// Returns the problem of a status that can't be used.
pub fn resolve_status(
    lookups: &Lookups,
    line: usize,
    text: &str,
    is_current: bool,
    unknown: &mut Vec<UnknownName>,
) -> Result<Option<i64>, Problem> {
    let message = match lookups.statuses.find(text) {
        StatusMatch::InUse(id) => return Ok(Some(id)),
        StatusMatch::Archived(id) | StatusMatch::Deleted(id) if !is_current => return Ok(Some(id)),
        StatusMatch::Archived(_) => Message::new("lead-import-archived").with("name", text),
        StatusMatch::Ambiguous => lookups.ambiguous_status(text),
        StatusMatch::Deleted(_) | StatusMatch::Unknown => {
            unknown.push(UnknownName::Status(text.to_owned()));
            return Ok(None);
        }
    };
    Err(Problem::for_field(line, "status", message).with_value(text))
}

/// Plans rows by the options of an import.
pub struct RowPlanner<'a> {
    pub lookups: &'a Lookups,
    /// The currency of values in rows without one; otherwise that is the currency of the lead, or the default one.
    pub currency: Option<Currency>,
    pub now: Timestamp,
    /// True if a blank cell erases the value of a lead.
    pub blank_erases: bool,
    /// True if leads are matched by their e-mail addresses.
    pub matches_email: bool,
    /// True if amounts may have more decimals than are shown, since a spreadsheet computed them.
    pub rounds: bool,
}

impl RowPlanner<'_> {
    /// Plans a row, and adds the names that it can't resolve to `unknown`.
    ///
    /// # Errors
    /// Returns every problem of the row.
    pub fn plan(
        &self,
        row: &ParsedLead,
        existing: Option<&Lead>,
        unknown: &mut Vec<UnknownName>,
    ) -> Result<RowOutcome, Vec<Problem>> {
        let by_reference = existing.filter(|_| !self.matches_email);
        let identity = check_identity(row, by_reference);
        let status = row.status.as_ref().map_or(Ok(None), |text| {
            resolve_status(self.lookups, row.line, text, true, unknown)
        });
        let fields = self.fields(row, existing, unknown);
        let (status, fields) = match (status, fields, identity) {
            (Ok(status), Ok(fields), Ok(())) => (status, fields),
            (status, fields, identity) => {
                let problems = [identity.err(), status.err(), fields.err()];
                return Err(problems.into_iter().flatten().collect());
            }
        };
        let Some(lead) = existing else {
            let new = self.new_lead(row, fields, status);
            return Ok(RowOutcome::Create(Box::new(new)));
        };
        if lead.is_in_bin() {
            return Ok(RowOutcome::InBin);
        }
        let fields = (fields != lead.fields).then(|| Box::new(fields));
        let status = status.filter(|id| *id != lead.status_id);
        Ok(match (&fields, status) {
            (None, None) => RowOutcome::Unchanged,
            _ => RowOutcome::Change {
                id: lead.id,
                fields,
                status,
                reason: row.reason.clone().unwrap_or_default(),
            },
        })
    }

    fn new_lead(&self, row: &ParsedLead, fields: LeadFields, status: Option<i64>) -> NewLead {
        let created_at = row.created_at.unwrap_or(self.now);
        NewLead {
            fields,
            status_id: status.unwrap_or(self.lookups.default_status),
            channel: Channel::Import,
            entered_at: created_at,
            created_at,
            reason: row.reason.clone().unwrap_or_default(),
            entry: EntryRecord::default(),
            offer: None,
        }
    }

    /// True if a row has a value and neither the row nor the import names a currency.
    pub fn uses_default_currency(&self, row: &ParsedLead) -> bool {
        match &row.value {
            Some(ParsedValue::Amount(amount)) => {
                let currency = row.currency.or(self.currency);
                amount
                    .currency(currency)
                    .is_ok_and(|currency| currency.is_none())
            }
            _ => false,
        }
    }

    /// The fields of the lead after the import.
    fn fields(
        &self,
        row: &ParsedLead,
        existing: Option<&Lead>,
        unknown: &mut Vec<UnknownName>,
    ) -> Result<LeadFields, Problem> {
        let before = existing.map(|lead| &lead.fields);
        let mut fields = before.cloned().unwrap_or_else(LeadFields::blank);
        if existing.is_none_or(|lead| self.sets_reference(row, lead)) {
            fields.external_ref = row.external_ref.clone();
            fields.external_system = row.external_system.clone();
        }
        let fallback_name = row.fallback_name.as_ref().filter(|_| before.is_none());
        if let Some(name) = row.name.as_ref().or(fallback_name) {
            fields.name = name.clone();
        }
        let keeps_blanks = before.is_some() && !self.blank_erases;
        for field in &row.text_fields {
            let is_blank = row.texts.value(*field) == LeadValue::Text("");
            match field {
                _ if is_blank && keeps_blanks => {}
                // Extra fields that the file doesn't have keep their values.
                LeadField::Extra => fields.extra.add(&row.texts.extra),
                field => fields.copy_field(*field, &row.texts),
            }
        }
        let extra = row.extra_fields.iter().cloned();
        let extra = extra.filter(|(_, text)| !(text.is_empty() && keeps_blanks));
        let extra = extra.map(|(name, text)| (name, text.into()));
        let problem = |message| Problem::for_field(row.line, LeadField::Extra.name(), message);
        fields.extra.change(extra).map_err(problem)?;
        // A source that differs only in its spelling keeps the spelling of the lead.
        if let Some(before) = before
            && source_key(before.source.as_str()) == source_key(fields.source.as_str())
        {
            fields.source = before.source.clone();
        }
        let owner = row.owner.as_ref();
        if let Some(owner) = owner.filter(|owner| !(owner.is_empty() && keeps_blanks)) {
            fields.owner =
                self.resolve_owner(owner, before.and_then(|fields| fields.owner), unknown);
        }
        self.set_value(row, before.is_none(), &mut fields)
            .map_err(|message| value_problem(row, message))?;
        Ok(fields)
    }

    /// True if a lead that was matched by its e-mail address gets the reference of the row, because it has none.
    fn sets_reference(&self, row: &ParsedLead, lead: &Lead) -> bool {
        let is_own_id = parse_fallback_ref(row.external_ref.as_str()) == Some(lead.id);
        self.matches_email
            && lead.fields.external_ref.is_empty()
            && !row.external_ref.is_empty()
            && !is_own_id
    }

    /// The id of an owner; an unknown name doesn't change the owner of an existing lead.
    fn resolve_owner(
        &self,
        text: &str,
        before: Option<i64>,
        unknown: &mut Vec<UnknownName>,
    ) -> Option<i64> {
        if text.is_empty() {
            return None;
        }
        match self.lookups.find_user(text, before) {
            UserMatch::User(user) if user.is_enabled || before == Some(user.id) => Some(user.id),
            UserMatch::Ambiguous => {
                unknown.push(UnknownName::AmbiguousOwner(text.to_owned()));
                before
            }
            UserMatch::User(_) | UserMatch::Unknown => {
                unknown.push(UnknownName::Owner(text.to_owned()));
                before
            }
        }
    }

    /// Sets value and currency. An amount stays the same in major units if only its currency changes.
    fn set_value(
        &self,
        row: &ParsedLead,
        is_new: bool,
        fields: &mut LeadFields,
    ) -> Result<(), Message> {
        let amount = match &row.value {
            Some(ParsedValue::Amount(amount)) => Some(amount),
            _ => None,
        };
        let erases = row.value == Some(ParsedValue::Blank) && (is_new || self.blank_erases);
        let is_relevant = is_new || erases || amount.is_some();
        let default_currency = self.currency.filter(|_| is_relevant);
        let currency = match amount {
            None => row.currency.or(default_currency),
            // The currency sign in a cell wins over the currency of the import.
            Some(amount) => match amount.currency(row.currency) {
                Ok(currency) => currency.or(default_currency),
                Err(_) if row.currency.is_none() => {
                    amount.currency(Some(default_currency.unwrap_or(fields.currency)))?
                }
                Err(message) => return Err(message),
            },
        };
        let currency = currency.unwrap_or(fields.currency);
        fields.value_cents = match amount {
            Some(amount) => Some(self.cents(amount, currency)?),
            None if erases => None,
            None if currency == fields.currency => return Ok(()),
            None => match fields.money().map(Money::to_plain) {
                Some(plain) => Some(Money::parse(&plain, currency)?.cents),
                None => None,
            },
        };
        fields.currency = currency;
        Ok(())
    }

    fn cents(&self, amount: &CellAmount, currency: Currency) -> Result<i64, Message> {
        if self.rounds {
            return Money::parse_rounded(&amount.plain, currency).map(|money| money.cents);
        }
        if amount.is_ambiguous && currency.digits() < 3 {
            return Err(amount.two_readings());
        }
        Money::parse(&amount.plain, currency).map(|money| money.cents)
    }
}

/// The problem of a value, with the amount in the file.
fn value_problem(row: &ParsedLead, message: Message) -> Problem {
    let problem = Problem::for_field(row.line, "value", message);
    match &row.value {
        Some(ParsedValue::Amount(amount)) => problem.with_value(&amount.plain),
        _ => problem,
    }
}

/// Checks that the row is about this lead. A lead without a reference is identified by its id and its creation time, as
/// an export writes them: an id alone may come from another system.
fn check_identity(row: &ParsedLead, existing: Option<&Lead>) -> Result<(), Problem> {
    let is_identified = existing
        .is_none_or(|lead| !lead.fields.external_ref.is_empty() || row.created_at.is_some());
    if is_identified {
        return Ok(());
    }
    let message =
        Message::new("lead-import-no-created").with("reference", row.external_ref.as_str());
    Err(Problem::for_field(row.line, "created_at", message))
}

#[cfg(test)]
#[path = "row_plan_tests.rs"]
mod tests;
