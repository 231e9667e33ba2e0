//! What the page of the log shows.

use std::collections::HashMap;

use askama::Template;
use serde_json::Value;

use crate::access::User;
use crate::audit::StoredEntry;
use crate::audit::filter::{Action, Author, Cursor, LogFilterField, LogListing, Subject};
use crate::audit_log::diff::{Difference, differences};
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::i18n::Lang;
use crate::leads::LeadField;
use crate::records::field::Field;
use crate::records::filters::{FilterKey as _, FilterSet};
use crate::records::list::{ActiveFilter, List, PagePosition, PageRows};
use crate::statuses::StatusField;
use crate::web::Page;

/// The path of the log.
const LOG: &str = "/admin/audit";

/// The data of the page.
pub struct LogData {
    pub entries: PageRows<StoredEntry>,
    pub listing: LogListing,
    pub people: Vec<User>,
    /// The names of the statuses that these entries are about.
    pub statuses: HashMap<i64, String>,
}

/// The log.
#[derive(Template)]
#[template(path = "audit_log/list.html")]
pub struct LogPage {
    page: Page,
    data: LogData,
}

impl LogPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: LogData) -> LogPage {
        LogPage { page, data }
    }
}

/// One change, in words.
struct Change {
    label: String,
    before: String,
    after: String,
}

impl LogPage {
    /// A word of the log in this page's language; an unknown one as it is.
    fn label<'a>(&self, key: Option<&'static str>, word: &'a str) -> &'a str {
        key.map_or(word, |key| self.page.t(key))
    }

    fn channel<'a>(&self, word: &'a str) -> &'a str {
        self.label(Channel::from_word(word).map(Channel::key), word)
    }

    fn action<'a>(&self, word: &'a str) -> &'a str {
        self.label(Action::from_word(word).map(Action::key), word)
    }

    fn subject<'a>(&self, word: &'a str) -> &'a str {
        self.label(Subject::from_word(word).map(Subject::key), word)
    }

    /// The page of the subject of an entry.
    fn href(&self, entry: &StoredEntry) -> Option<String> {
        let id = entry.subject_id;
        match entry.subject.as_str() {
            "lead_status" | "lead_status_role" => {
                id.map(|id| format!("/admin/leads/statuses/{id}"))
            }
            "lead_status_order" => Some("/admin/leads/statuses".to_owned()),
            "lead" => id.map(|id| format!("/admin/leads/{id}")),
            "user" => id.map(|id| format!("/admin/users/{id}/edit")),
            "api_token" => Some("/admin/api/api_management?state=all".to_owned()),
            "import" => Some("/admin/leads/imports".to_owned()),
            _ => None,
        }
    }

    fn changes(&self, entry: &StoredEntry) -> Vec<Change> {
        // These snapshots are ids; other entries of the batch have the names.
        if entry.subject == "lead_status_role" {
            return Vec::new();
        }
        let (before, after) = (entry.before(), entry.after());
        let mut changes = differences(before.as_ref(), after.as_ref());
        // The former visits of a lead are stored to undo an import, not to be read.
        changes.retain(|change| change.field != "history");
        // The day of a pause is shown instead of its instant.
        if changes.iter().any(|change| change.field == "resumes_on") {
            changes.retain(|change| change.field != "paused_until");
        }
        changes
            .into_iter()
            .map(|change| match entry.subject.as_str() {
                "lead" => self.with_names(change),
                _ => change,
            })
            .map(|change| change_in_words(change, &self.page))
            .collect()
    }

    /// A change of a lead with the names of statuses and owners in place of their numbers.
    fn with_names(&self, change: Difference) -> Difference {
        let named = |value: Value| {
            let Some(id) = value.as_i64() else {
                return value;
            };
            let name = match change.field.as_str() {
                "status" => self.data.statuses.get(&id).cloned(),
                "owner" => {
                    let user = self.data.people.iter().find(|user| user.id == id);
                    user.map(|user| user.name.clone())
                }
                _ => None,
            };
            name.map_or(value, Value::String)
        };
        Difference {
            before: named(change.before.clone()),
            after: named(change.after.clone()),
            field: change.field,
        }
    }

    fn active_filters(&self) -> Vec<ActiveFilter> {
        let page = &self.page;
        let filters = LogFilterField::ALL.iter().copied();
        let filters = filters.filter(|filter| *filter != LogFilterField::Zone);
        self.data
            .listing
            .active_filters(LOG, filters, |filter, value| match filter {
                LogFilterField::Subject => self.subject(&value).to_owned(),
                LogFilterField::Channel => self.channel(&value).to_owned(),
                LogFilterField::Action => self.action(&value).to_owned(),
                LogFilterField::Person => self.person(),
                LogFilterField::From => page.t1("audit-chip-from", "day", self.day(value)),
                LogFilterField::To => page.t1("audit-chip-to", "day", self.day(value)),
                LogFilterField::Zone => value,
                LogFilterField::Id => page.t1("audit-chip-id", "id", value),
            })
    }

    /// A day of the filter, with its time zone if that is not the user's.
    fn day(&self, day: String) -> String {
        match self.data.listing.filter.zone() {
            zone if zone == self.page.zone => day,
            zone => format!("{day} ({})", zone.name()),
        }
    }

    /// The time zone of the days that the menu shows: that of the filter, else the user's.
    fn menu_zone(&self) -> String {
        let filter = &self.data.listing.filter;
        let is_set = filter.from.is_some() || filter.to.is_some();
        let zone = if is_set {
            filter.zone()
        } else {
            self.page.zone
        };
        zone.name().to_owned()
    }

    fn person(&self) -> String {
        match self.data.listing.filter.person {
            Some(Author::User(id)) => {
                let user = self.data.people.iter().find(|user| user.id == id);
                user.map_or_else(|| id.to_string(), |user| user.name.clone())
            }
            _ => self.page.t("audit-program").to_owned(),
        }
    }

    fn older_href(&self) -> Option<String> {
        let last = self.data.entries.rows.last();
        let last = last.filter(|_| self.data.entries.has_next)?;
        Some(self.href_at(PagePosition::After(Cursor::of(last))))
    }

    fn newer_href(&self) -> Option<String> {
        let first = self.data.entries.rows.first();
        let first = first.filter(|_| self.data.entries.has_previous)?;
        Some(self.href_at(PagePosition::Before(Cursor::of(first))))
    }

    fn newest_href(&self) -> String {
        self.href_at(PagePosition::First)
    }

    fn href_at(&self, position: PagePosition<Cursor>) -> String {
        let listing = LogListing {
            position,
            ..self.data.listing.clone()
        };
        listing.url(LOG)
    }
}

fn change_in_words(change: Difference, page: &Page) -> Change {
    let label = match field_key(&change.field) {
        Some(key) => page.t(key).to_owned(),
        None => change.field.clone(),
    };
    let words = |value: &Value| match (is_instant(&change.field), value) {
        (true, Value::String(text)) => Timestamp::parse_rfc3339(text)
            .map_or_else(|| text.clone(), |instant| page.datetime(&instant)),
        (_, value) => value_in_words(value, page.lang),
    };
    Change {
        label,
        before: words(&change.before),
        after: words(&change.after),
    }
}

/// True for a field whose value is an instant.
fn is_instant(field: &str) -> bool {
    field.ends_with("_at") || matches!(field, "status_since" | "paused_until")
}

fn value_in_words(value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => lang.t("audit-yes").to_owned(),
        Value::Bool(false) => lang.t("audit-no").to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items
            .iter()
            .map(|item| value_in_words(item, lang))
            .collect::<Vec<_>>()
            .join(" · "),
        // A rule is known by its sentence.
        Value::Object(members) => match members.get("text").and_then(Value::as_str) {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        },
    }
}

/// The catalogue key of a field's name. A field of leads or statuses without a name of its own here has the name of its
/// form.
fn field_key(field: &str) -> Option<&'static str> {
    Some(match field {
        "" => "audit-field-value",
        "name" => "audit-field-name",
        "email" => "audit-field-email",
        "role" => "audit-field-role",
        "language" => "audit-field-language",
        "theme" => "audit-field-theme",
        "shortcuts" => "audit-field-shortcuts",
        "time_zone" => "audit-field-time-zone",
        "disabled" => "audit-field-disabled",
        "sessions" => "audit-field-sessions",
        "address" => "audit-field-address",
        "prefix" => "audit-field-prefix",
        "owner" => "audit-field-owner",
        "scopes" => "audit-field-scopes",
        "expires_at" => "audit-field-expires",
        "revoked" => "audit-field-revoked",
        "slug" => "audit-field-slug",
        "position" => "audit-field-position",
        "isdefault" => "audit-field-default",
        "isconverted" => "audit-field-converted",
        "target_days" => "audit-field-target",
        "limit_days" => "audit-field-limit",
        "archived" => "audit-field-archived",
        "external_ref" => "audit-field-reference",
        "company" => "audit-field-company",
        "value" => "audit-field-amount",
        "status" => "audit-field-status",
        "status_since" => "audit-field-since",
        "paused_until" | "resumes_on" => "audit-field-paused-until",
        "pause_reason" => "audit-field-pause-reason",
        "deleted" => "audit-field-in-bin",
        "override_reason" => "audit-field-override",
        "unmet" => "audit-field-unmet",
        "answer_reason" => "audit-field-answer-reason",
        _ => {
            let of_leads = LeadField::from_name(field).map(Field::label);
            return of_leads.or_else(|| StatusField::from_name(field).map(Field::label));
        }
    })
}
