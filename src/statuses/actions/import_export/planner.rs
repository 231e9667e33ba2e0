//! The planner of an import: checks the rows against each other and against the existing statuses.

use std::collections::{HashMap, HashSet};

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::form_value::FormValue;
use crate::statuses::actions::import_export::named_statuses::NamedStatuses;
use crate::statuses::actions::import_export::plan::{PlannedRow, RowOutcome, StatusRef};
use crate::statuses::domain::form::{Flags, Mode, StatusForm};
use crate::statuses::domain::import_row::ImportRow;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::rules::check_kind;
use crate::statuses::domain::rules::{being_replaced_message, check_role_with_kind};
use crate::statuses::domain::snapshot::{DisplayValue, FieldChange};
use crate::statuses::domain::status::{LeadStatus, NewLeadStatus, StatusField, StatusFields};

/// A row of the file with the results of the checks so far.
pub(super) struct CheckedRow<'a> {
    line: usize,
    name: String,
    slug: Option<Slug>,
    /// The existing status that the row is about; nothing for a new one.
    pub(super) status: Option<&'a LeadStatus>,
    pub(super) fields: Option<StatusFields>,
    flags: Flags,
    pub(super) errors: FieldErrors,
}

/// The rows of a file and the existing statuses.
pub struct RowPlanner<'a> {
    pub(super) existing: &'a [LeadStatus],
    pub(super) rows: Vec<CheckedRow<'a>>,
    pub problems: Vec<Message>,
}

impl<'a> RowPlanner<'a> {
    /// Checks each row by itself.
    pub fn read(existing: &'a [LeadStatus], rows: &[ImportRow]) -> RowPlanner<'a> {
        let by_slug: HashMap<&str, &LeadStatus> = existing
            .iter()
            .map(|status| (status.slug.as_str(), status))
            .collect();
        let mut by_name: HashMap<String, &LeadStatus> = existing
            .iter()
            .filter(|status| !status.is_archived())
            .map(|status| (status.name.key(), status))
            .collect();
        // A status that one row names by its slug is not found by its name for another row.
        let named: HashSet<&str> = rows
            .iter()
            .filter_map(|row| row.fields.text("slug"))
            .map(str::trim)
            .collect();
        by_name.retain(|_, status| !named.contains(status.slug.as_str()));
        let named = NamedStatuses::of(existing, rows);
        let checked = rows
            .iter()
            .map(|row| {
                let name = row.fields.text("name").unwrap_or_default().trim();
                let slug = row.fields.text("slug").unwrap_or_default().trim();
                let status = by_slug.get(slug).or_else(|| {
                    let key = Name::parse(name).ok()?.key();
                    by_name.get(&key)
                });
                CheckedRow::read(row, name, slug, status.copied(), &named)
            })
            .collect();
        RowPlanner {
            existing,
            rows: checked,
            problems: Vec::new(),
        }
    }

    /// Refuses both of two rows about one status, or of two new ones with one slug.
    pub fn refuse_duplicates(&mut self) {
        let mut first_rows: HashMap<String, usize> = HashMap::new();
        for index in 0..self.rows.len() {
            let row = &self.rows[index];
            let (key, field) = match (row.status, &row.slug) {
                (Some(status), _) => (format!("#{}", status.id), "name"),
                (None, Some(slug)) => (slug.to_string(), "slug"),
                (None, None) => continue,
            };
            match first_rows.get(&key) {
                Some(first) => self.refuse_both(*first, index, field, "import-line-twice"),
                None => drop(first_rows.insert(key, index)),
            }
        }
    }

    /// Refuses rows after which two statuses in use would have one name.
    pub fn refuse_taken_names(&mut self) {
        let mut first_rows: HashMap<String, usize> = HashMap::new();
        let other_names: HashMap<String, &str> = self
            .in_use()
            .filter(|status| self.row_of(status.id).is_none())
            .map(|status| (status.name.key(), status.name.as_str()))
            .collect();
        for index in 0..self.rows.len() {
            let row = &self.rows[index];
            let is_in_use = row.status.is_none_or(|status| !status.is_archived());
            let Some(fields) = row
                .fields
                .as_ref()
                .filter(|_| is_in_use && row.errors.is_empty())
            else {
                continue;
            };
            let key = fields.name.key();
            if let Some(name) = other_names.get(&key) {
                let message = Message::new("status-name-taken").with("name", *name);
                self.rows[index].errors.add("name", message);
            } else if let Some(first) = first_rows.get(&key) {
                self.refuse_both(*first, index, "name", "import-name-twice");
            } else {
                first_rows.insert(key, index);
            }
        }
    }

    fn refuse_both(&mut self, first: usize, second: usize, field: &'static str, key: &'static str) {
        for (index, other) in [(first, second), (second, first)] {
            let message = Message::new(key).with("line", self.rows[other].line);
            if self.rows[index].errors.at(field) != Some(&message) {
                self.rows[index].errors.add(field, message);
            }
        }
    }

    /// Decides the holder of a role; refuses rows that contradict each other or the role.
    pub fn assign_role(&mut self, role: Role) -> Option<StatusRef> {
        let claims: Vec<usize> = (0..self.rows.len())
            .filter(|index| self.rows[*index].requests_role(role) == Some(true))
            .collect();
        if let Some((first, others)) = claims.split_first()
            && !others.is_empty()
        {
            for other in others {
                self.refuse_both(*first, *other, role.field(), "import-role-twice");
            }
            return None;
        }
        if let Some(index) = claims.first() {
            return self.check_claim(role, *index);
        }
        let Some(holder) = self.existing.iter().find(|status| status.holds(role)) else {
            self.problems.push(Message::new(match role {
                Role::Default => "import-no-default",
                Role::Converted => "import-no-converted",
            }));
            return None;
        };
        if let Some(index) = self.row_of(holder.id) {
            if self.rows[index].requests_role(role) == Some(false) {
                let message = Message::new("import-role-given-up");
                self.rows[index].errors.add(role.field(), message);
            }
            self.rows[index].check_kind(role);
        }
        Some(StatusRef::Existing(holder.id))
    }

    fn check_claim(&mut self, role: Role, index: usize) -> Option<StatusRef> {
        let row = &mut self.rows[index];
        if row.status.is_some_and(|status| status.holds(role)) {
            row.check_kind(role);
        } else if let Some(fields) = &row.fields
            && let Err(refused) = check_role_with_kind(row.status, fields.kind, role)
        {
            row.errors.extend(refused);
        }
        Some(self.status_ref(index))
    }

    /// The pipeline afterwards, and whether existing statuses change their order.
    pub fn order(&self) -> (Vec<StatusRef>, bool) {
        let mut current: Vec<&LeadStatus> = self.in_use().collect();
        current.sort_by_key(|status| (status.position, status.id));
        let current: Vec<StatusRef> = current
            .iter()
            .map(|status| StatusRef::Existing(status.id))
            .collect();
        let mut listed: Vec<StatusRef> = Vec::new();
        for index in 0..self.rows.len() {
            let status = self.status_ref(index);
            let is_archived = self.rows[index].status.is_some_and(LeadStatus::is_archived);
            if !is_archived && !listed.contains(&status) {
                listed.push(status);
            }
        }
        let in_file: Vec<StatusRef> = current
            .iter()
            .copied()
            .filter(|status| listed.contains(status))
            .collect();
        if in_file == listed {
            return (current, false);
        }
        let others = current
            .iter()
            .copied()
            .filter(|status| !listed.contains(status));
        let after: Vec<StatusRef> = listed.iter().copied().chain(others).collect();
        let old = after
            .iter()
            .filter(|status| matches!(status, StatusRef::Existing(_)));
        let is_reordered = !old.eq(current.iter());
        (after, is_reordered)
    }

    /// The outcome of each row, given the holder of each role.
    pub fn outcomes(self, holders: [Option<StatusRef>; 2]) -> Vec<PlannedRow> {
        let mut taken: HashSet<String> = self
            .existing
            .iter()
            .map(|status| status.slug.to_string())
            .collect();
        taken.extend(
            self.rows
                .iter()
                .filter_map(|row| row.slug.as_ref())
                .map(Slug::to_string),
        );
        let indexes = 0..self.rows.len();
        let statuses: Vec<StatusRef> = indexes.map(|index| self.status_ref(index)).collect();
        let rows = self.rows.into_iter().zip(statuses);
        rows.map(|(row, status)| PlannedRow {
            line: row.line,
            name: row.name.clone(),
            outcome: row.outcome(&mut taken, holders.map(|holder| holder == Some(status))),
        })
        .collect()
    }

    fn in_use(&self) -> impl Iterator<Item = &'a LeadStatus> {
        self.existing.iter().filter(|status| !status.is_archived())
    }

    fn row_of(&self, id: i64) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| row.status.is_some_and(|status| status.id == id))
    }

    fn status_ref(&self, index: usize) -> StatusRef {
        match self.rows[index].status {
            Some(status) => StatusRef::Existing(status.id),
            None => StatusRef::New(index),
        }
    }
}

impl<'a> CheckedRow<'a> {
    fn read(
        row: &ImportRow,
        name: &str,
        slug: &str,
        status: Option<&'a LeadStatus>,
        named: &NamedStatuses,
    ) -> CheckedRow<'a> {
        let mut errors = FieldErrors::new();
        let mut form = StatusForm::read(&row.fields);
        ignore_blank_cells(&mut form, status.is_some());
        named.resolve(&mut form, &mut errors);
        let slug = match (slug, status) {
            ("", _) | (_, Some(_)) => None,
            (slug, None) => errors.check("slug", Slug::parse(slug)),
        };
        let current = status.map(LeadStatus::fields);
        let mode = current
            .as_ref()
            .map_or(Mode::Create, |current| Mode::Change { current });
        let (fields, flags) = match form.parse_all(mode) {
            Ok((fields, flags)) => (Some(fields), flags),
            Err(invalid) => {
                errors.extend(invalid);
                (None, form.flags().unwrap_or_default())
            }
        };
        CheckedRow {
            line: row.line,
            name: name.to_owned(),
            slug,
            status,
            fields,
            flags,
            errors,
        }
    }

    fn requests_role(&self, role: Role) -> Option<bool> {
        match role {
            Role::Default => self.flags.is_default,
            Role::Converted => self.flags.is_converted,
        }
    }

    /// Checks the kind of a row whose status keeps a role.
    fn check_kind(&mut self, role: Role) {
        let Some(fields) = &self.fields else { return };
        if let Err(invalid) = check_kind([role].into_iter(), fields.kind) {
            self.errors.extend(invalid);
        }
    }

    /// The outcome of this row; `holds` says for each role whether its status holds it afterwards.
    fn outcome(self, taken: &mut HashSet<String>, holds: [bool; 2]) -> RowOutcome {
        let (Some(fields), true) = (self.fields, self.errors.is_empty()) else {
            return RowOutcome::Invalid {
                errors: self.errors,
            };
        };
        let Some(status) = self.status else {
            let new = match self.slug {
                Some(slug) => NewLeadStatus { fields, slug },
                None => NewLeadStatus::new(fields, |slug| taken.contains(slug)),
            };
            taken.insert(new.slug.to_string());
            return RowOutcome::Create(new);
        };
        let changes = changes(status, &fields, holds);
        match being_replaced_message(status) {
            _ if changes.is_empty() => RowOutcome::Unchanged { id: status.id },
            Some(message) => RowOutcome::Invalid {
                errors: FieldErrors::one("name", message),
            },
            None => RowOutcome::Change {
                id: status.id,
                fields,
                changes,
            },
        }
    }
}

/// Ignores blank cells of these fields, which would be errors in a form.
fn ignore_blank_cells(form: &mut StatusForm, is_existing: bool) {
    let name = is_existing.then_some(StatusField::Name);
    for field in [StatusField::Color, StatusField::Kind]
        .into_iter()
        .chain(name)
    {
        let sent = form.fields.get(field);
        if matches!(sent, FormValue::Text(_) | FormValue::Null) && sent.text().trim().is_empty() {
            form.fields.set(field, FormValue::Absent);
        }
    }
}

fn changes(status: &LeadStatus, fields: &StatusFields, holds: [bool; 2]) -> Vec<FieldChange> {
    let mut changes = status.fields().changes(fields);
    for (role, after) in Role::ALL.into_iter().zip(holds) {
        if status.holds(role) != after {
            changes.push(FieldChange {
                field: role.field(),
                before: DisplayValue::Bool(status.holds(role)),
                after: DisplayValue::Bool(after),
            });
        }
    }
    changes
}
