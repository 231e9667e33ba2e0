use std::collections::{HashMap, HashSet};

use super::super::{
    FieldChange, Flags, LeadStatus, Mode, Name, NewLeadStatus, Role, Shown, Slug, StatusFields,
    StatusForm, check_kind, is_leaving,
};
use super::{Outcome, Place, PlannedRow, Row};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::web::Raw;

/// A row of the file and what is known of it so far.
struct Line<'a> {
    line: usize,
    name: String,
    slug: Option<Slug>,
    /// The status that the row is about; nothing for a new one.
    about: Option<&'a LeadStatus>,
    fields: Option<StatusFields>,
    flags: Flags,
    errors: FieldErrors,
}

/// The rows of a file against the statuses that exist.
pub(super) struct Decision<'a> {
    existing: &'a [LeadStatus],
    lines: Vec<Line<'a>>,
    pub problems: Vec<Message>,
}

impl<'a> Decision<'a> {
    /// Judges each row by itself.
    pub fn read(existing: &'a [LeadStatus], rows: &[Row]) -> Decision<'a> {
        let by_slug: HashMap<&str, &LeadStatus> = existing
            .iter()
            .map(|status| (status.slug.as_str(), status))
            .collect();
        let mut by_name: HashMap<String, &LeadStatus> = existing
            .iter()
            .filter(|status| !status.is_archived())
            .map(|status| (status.name.key(), status))
            .collect();
        // A status that one row names by its slug is not meant by another that only has its old name.
        let named: HashSet<&str> = rows
            .iter()
            .filter_map(|row| row.fields.text("slug"))
            .map(str::trim)
            .collect();
        by_name.retain(|_, status| !named.contains(status.slug.as_str()));
        let lines = rows
            .iter()
            .map(|row| {
                let name = row.fields.text("name").unwrap_or_default().trim();
                let slug = row.fields.text("slug").unwrap_or_default().trim();
                let about = by_slug.get(slug).or_else(|| {
                    let key = Name::parse(name).ok()?.key();
                    by_name.get(&key)
                });
                Line::read(row, name, slug, about.copied())
            })
            .collect();
        Decision {
            existing,
            lines,
            problems: Vec::new(),
        }
    }

    /// Two rows about one status, or two new ones with one slug, are both refused.
    pub fn refuse_doubles(&mut self) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for at in 0..self.lines.len() {
            let line = &self.lines[at];
            let (key, field) = match (line.about, &line.slug) {
                (Some(status), _) => (format!("#{}", status.id), "name"),
                (None, Some(slug)) => (slug.to_string(), "slug"),
                (None, None) => continue,
            };
            match seen.get(&key) {
                Some(first) => self.refuse_both(*first, at, field, "import-line-twice"),
                None => drop(seen.insert(key, at)),
            }
        }
    }

    /// The names of those in use are different afterwards.
    pub fn refuse_taken_names(&mut self) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let kept: HashMap<String, &str> = self
            .in_use()
            .filter(|status| self.line_of(status.id).is_none())
            .map(|status| (status.name.key(), status.name.as_str()))
            .collect();
        for at in 0..self.lines.len() {
            let line = &self.lines[at];
            let is_in_use = line.about.is_none_or(|status| !status.is_archived());
            let Some(fields) = line
                .fields
                .as_ref()
                .filter(|_| is_in_use && line.errors.is_empty())
            else {
                continue;
            };
            let key = fields.name.key();
            if let Some(name) = kept.get(&key) {
                let told = Message::new("status-name-taken").with("name", *name);
                self.lines[at].errors.add("name", told);
            } else if let Some(first) = seen.get(&key) {
                self.refuse_both(*first, at, "name", "import-name-twice");
            } else {
                seen.insert(key, at);
            }
        }
    }

    fn refuse_both(&mut self, first: usize, second: usize, field: &'static str, key: &'static str) {
        for (one, other) in [(first, second), (second, first)] {
            let told = Message::new(key).with("line", self.lines[other].line);
            if self.lines[one].errors.at(field) != Some(&told) {
                self.lines[one].errors.add(field, told);
            }
        }
    }

    /// Who holds a role afterwards; rows that contradict each other or the role are refused.
    pub fn give_role(&mut self, role: Role) -> Option<Place> {
        let claims: Vec<usize> = (0..self.lines.len())
            .filter(|at| self.lines[*at].asks(role) == Some(true))
            .collect();
        if let Some((first, others)) = claims.split_first()
            && !others.is_empty()
        {
            for other in others {
                self.refuse_both(*first, *other, role.field(), "import-role-twice");
            }
            return None;
        }
        if let Some(at) = claims.first() {
            return self.claim(role, *at);
        }
        let Some(holder) = self.existing.iter().find(|status| status.holds(role)) else {
            self.problems.push(Message::new(match role {
                Role::Default => "import-no-default",
                Role::Converted => "import-no-converted",
            }));
            return None;
        };
        if let Some(at) = self.line_of(holder.id) {
            if self.lines[at].asks(role) == Some(false) {
                let told = Message::new("import-role-given-up");
                self.lines[at].errors.add(role.field(), told);
            }
            self.lines[at].check_kind(role);
        }
        Some(Place::Existing(holder.id))
    }

    fn claim(&mut self, role: Role, at: usize) -> Option<Place> {
        let line = &mut self.lines[at];
        match line.about {
            Some(status) if status.is_archived() => {
                line.errors
                    .add(role.field(), Message::new("status-role-archived"));
            }
            Some(status) if status.holds(role) => line.check_kind(role),
            _ => {
                if line
                    .fields
                    .as_ref()
                    .is_some_and(|fields| fields.kind != role.needs())
                {
                    let key = match role {
                        Role::Default => "status-role-needs-open",
                        Role::Converted => "status-role-needs-won",
                    };
                    line.errors.add(role.field(), Message::new(key));
                }
            }
        }
        Some(self.place(at))
    }

    /// The pipeline afterwards, and whether statuses that exist change places.
    pub fn order(&self) -> (Vec<Place>, bool) {
        let mut now: Vec<&LeadStatus> = self.in_use().collect();
        now.sort_by_key(|status| (status.position, status.id));
        let now: Vec<Place> = now
            .iter()
            .map(|status| Place::Existing(status.id))
            .collect();
        let mut file: Vec<Place> = Vec::new();
        for at in 0..self.lines.len() {
            let place = self.place(at);
            let is_archived = self.lines[at].about.is_some_and(LeadStatus::is_archived);
            if !is_archived && !file.contains(&place) {
                file.push(place);
            }
        }
        let in_file: Vec<Place> = now
            .iter()
            .copied()
            .filter(|place| file.contains(place))
            .collect();
        if in_file == file {
            return (now, false);
        }
        let rest = now.iter().copied().filter(|place| !file.contains(place));
        let after: Vec<Place> = file.iter().copied().chain(rest).collect();
        let old = after
            .iter()
            .filter(|place| matches!(place, Place::Existing(_)));
        let moves = !old.eq(now.iter());
        (after, moves)
    }

    /// The outcome of each row, once the roles are decided.
    pub fn outcomes(self, default: Option<Place>, converted: Option<Place>) -> Vec<PlannedRow> {
        let mut taken: HashSet<String> = self
            .existing
            .iter()
            .map(|status| status.slug.to_string())
            .collect();
        taken.extend(
            self.lines
                .iter()
                .filter_map(|line| line.slug.as_ref())
                .map(Slug::to_string),
        );
        let places: Vec<Place> = (0..self.lines.len()).map(|at| self.place(at)).collect();
        let lines = self.lines.into_iter().zip(places);
        lines
            .map(|(line, place)| PlannedRow {
                line: line.line,
                name: line.name.clone(),
                outcome: line.outcome(&mut taken, default == Some(place), converted == Some(place)),
            })
            .collect()
    }

    fn in_use(&self) -> impl Iterator<Item = &'a LeadStatus> {
        self.existing.iter().filter(|status| !status.is_archived())
    }

    fn line_of(&self, id: i64) -> Option<usize> {
        self.lines
            .iter()
            .position(|line| line.about.is_some_and(|status| status.id == id))
    }

    fn place(&self, at: usize) -> Place {
        match self.lines[at].about {
            Some(status) => Place::Existing(status.id),
            None => Place::New(at),
        }
    }
}

impl<'a> Line<'a> {
    fn read(row: &Row, name: &str, slug: &str, about: Option<&'a LeadStatus>) -> Line<'a> {
        let mut errors = FieldErrors::new();
        let mut form = StatusForm::read(&row.fields);
        keep_what_is_blank(&mut form, about.is_some());
        let slug = match (slug, about) {
            ("", _) | (_, Some(_)) => None,
            (slug, None) => Slug::parse(slug)
                .map_err(|told| errors.add("slug", told))
                .ok(),
        };
        let current = about.map(LeadStatus::fields);
        let mode = match &current {
            Some(current) => Mode::Change { current },
            None => Mode::Create,
        };
        let (fields, flags) = match form.parse_all(mode) {
            Ok((fields, flags)) => (Some(fields), flags),
            Err(more) => {
                for (field, told) in more.iter() {
                    errors.add(field, told.clone());
                }
                (None, form.flags().unwrap_or_default())
            }
        };
        Line {
            line: row.line,
            name: name.to_owned(),
            slug,
            about,
            fields,
            flags,
            errors,
        }
    }

    fn asks(&self, role: Role) -> Option<bool> {
        match role {
            Role::Default => self.flags.is_default,
            Role::Converted => self.flags.is_converted,
        }
    }

    /// The kind of a row whose status keeps a role.
    fn check_kind(&mut self, role: Role) {
        let Some(fields) = &self.fields else { return };
        if let Err(more) = check_kind([role].into_iter(), fields.kind) {
            for (field, told) in more.iter() {
                self.errors.add(field, told.clone());
            }
        }
    }

    fn outcome(self, taken: &mut HashSet<String>, is_default: bool, is_converted: bool) -> Outcome {
        let (Some(fields), true) = (self.fields, self.errors.is_empty()) else {
            return Outcome::Refused {
                errors: self.errors,
            };
        };
        let Some(status) = self.about else {
            let new = match self.slug {
                Some(slug) => NewLeadStatus { fields, slug },
                None => NewLeadStatus::new(fields, |slug| taken.contains(slug)),
            };
            taken.insert(new.slug.to_string());
            return Outcome::Create(new);
        };
        let changes = changes(status, &fields, is_default, is_converted);
        match is_leaving(status) {
            _ if changes.is_empty() => Outcome::Same { id: status.id },
            Some(told) => Outcome::Refused {
                errors: FieldErrors::one("name", told),
            },
            None => Outcome::Change {
                id: status.id,
                fields,
                changes,
            },
        }
    }
}

/// In a file, a blank cell of these says nothing; in a form it would be a mistake.
fn keep_what_is_blank(form: &mut StatusForm, is_known: bool) {
    let name = is_known.then_some(&mut form.name);
    for raw in [&mut form.color, &mut form.kind].into_iter().chain(name) {
        if matches!(raw, Raw::Text(_) | Raw::Null) && raw.text().trim().is_empty() {
            *raw = Raw::Absent;
        }
    }
}

fn changes(
    status: &LeadStatus,
    fields: &StatusFields,
    is_default: bool,
    is_converted: bool,
) -> Vec<FieldChange> {
    let current = status.fields();
    let mut changes: Vec<FieldChange> = current
        .changed(fields)
        .into_iter()
        .map(|field| FieldChange {
            field,
            before: current.shown(field),
            after: fields.shown(field),
        })
        .collect();
    for (role, after) in [(Role::Default, is_default), (Role::Converted, is_converted)] {
        if status.holds(role) != after {
            changes.push(FieldChange {
                field: role.field(),
                before: Shown::Truth(status.holds(role)),
                after: Shown::Truth(after),
            });
        }
    }
    changes
}
