//! The bodies in which the API answers with statuses, and the body that changes one. Their doc comments are texts of the API reference.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::statuses::domain::definition_version::DefinitionVersion;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::stats::StatusCounts;
use crate::statuses::domain::status::{LeadStatus, StatusFields};

/// A lead status.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LeadStatus)]
pub struct StatusBody {
    /// Never reused.
    #[schema(example = 3)]
    pub id: i64,
    /// 1 to 50 characters; unique among active statuses, without regard to case and accents.
    #[schema(example = "Qualified")]
    pub name: String,
    /// Created from the first name; never changes.
    #[schema(example = "qualified")]
    pub slug: String,
    /// `#rrggbb`.
    #[schema(example = "#9163d5")]
    pub color: String,
    #[schema(schema_with = crate::statuses::http::api::schemas::kind)]
    pub kind: Kind,
    /// Position in the pipeline from 1; null when archived.
    #[schema(required = true, example = 3)]
    pub statusorder: Option<i32>,
    /// New leads start here.
    pub isdefault: bool,
    /// Won leads land here.
    pub isconverted: bool,
    /// What the status means.
    #[schema(example = "The need, the budget and the person who decides are known.")]
    pub definition: String,
    /// Conditions to enter it.
    #[schema(example = json!(["A call took place"]))]
    pub enter_when: Vec<String>,
    /// Conditions to leave it.
    #[schema(example = json!(["A proposal is asked for"]))]
    pub leave_when: Vec<String>,
    /// Target: the days within which a lead should leave.
    #[schema(required = true, example = 5)]
    pub target_days: Option<i32>,
    /// Limit: the days after which a lead is stuck.
    #[schema(required = true, example = 10)]
    pub limit_days: Option<i32>,
    /// Goes up when the definition, the conditions, the rules or the reasons change.
    #[schema(example = 2)]
    pub definition_version: i32,
    /// The rules about leads that enter, in their order.
    #[schema(value_type = Vec<EntryRuleBody>)]
    pub entry_rules: Value,
    /// The ids of the statuses that leads can come from, 0 for newly created ones. Empty: from anywhere.
    #[schema(example = json!([]))]
    pub enter_from: Vec<i64>,
    /// The roles that can move leads here. Empty: all who can move the lead.
    #[schema(example = json!([]))]
    pub movers: Vec<&'static str>,
    /// The reasons to choose from.
    #[schema(example = json!([]))]
    pub reasons: Vec<String>,
    /// True if leads enter it with a reason only.
    pub reason_required: bool,
    /// Who receives the leads that enter; null for a status that hands nothing over.
    #[schema(required = true)]
    pub handoff: Option<HandoffBody>,
    /// The number of its leads.
    #[schema(example = 61)]
    pub lead_count: i64,
    /// The number of its stuck leads.
    #[schema(example = 7)]
    pub stuck_count: i64,
    /// Only while its leads are moving to its replacement: it takes no new leads and can’t be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = LeavingBody, required = false)]
    pub leaving: Option<LeavingBody>,
    /// Archived statuses are listed only if you ask for them.
    pub archived: bool,
    /// Increases with every change. Send it with a change, so that you overwrite no one else’s.
    #[schema(example = 4)]
    pub version: i32,
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub created_at: String,
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub updated_at: String,
}

/// The fields of a status that you can send. Fields you don’t send stay. What isn’t saved is named in `warnings`.
#[derive(ToSchema)]
pub struct StatusChanges {
    /// Unique among active statuses, without regard to case and accents.
    #[schema(value_type = String, required = false, min_length = 1, max_length = 50, example = "Demo booked")]
    pub name: Option<String>,
    /// `#rrggbb`; `#rgb` is accepted and expanded.
    #[schema(value_type = String, required = false, pattern = "^#([0-9a-fA-F]{3}){1,2}$", example = "#0090a8")]
    pub color: Option<String>,
    #[schema(schema_with = crate::statuses::http::api::schemas::kind, required = false)]
    pub kind: Option<Kind>,
    /// What the status means, in a sentence or two.
    #[schema(max_length = 2000, example = "A demo is in both calendars.")]
    pub definition: Option<String>,
    /// Conditions to enter it: a list, or one text with one per line. Up to 200 characters each.
    #[schema(max_items = 20, example = json!(["A date is agreed"]))]
    pub enter_when: Option<Vec<String>>,
    /// Conditions to leave it, in the same form.
    #[schema(max_items = 20, example = json!(["The demo was given"]))]
    pub leave_when: Option<Vec<String>>,
    /// Target: the days within which a lead should leave; at most `limit_days`. Empty or null removes it.
    #[schema(minimum = 1, maximum = 3650, example = 5)]
    pub target_days: Option<i32>,
    /// Limit: the days after which a lead is stuck. Empty or null removes it.
    #[schema(minimum = 1, maximum = 3650, example = 10)]
    pub limit_days: Option<i32>,
    /// The rules about leads that enter, as a whole.
    #[schema(value_type = Vec<EntryRuleBody>, required = false, max_items = 20)]
    pub entry_rules: Option<()>,
    /// The ids of the statuses that leads can come from, 0 for newly created ones. Empty: from anywhere.
    #[schema(value_type = Vec<i64>, required = false, example = json!([]))]
    pub enter_from: Option<Vec<i64>>,
    /// The roles that can move leads here: `admin`, `manager`, `rep`. Empty: all who can move the lead.
    #[schema(value_type = Vec<String>, required = false, example = json!([]))]
    pub movers: Option<Vec<String>>,
    /// The reasons to choose from: up to 20, of up to 200 characters each.
    #[schema(value_type = Vec<String>, required = false, max_items = 20, example = json!([]))]
    pub reasons: Option<Vec<String>>,
    /// `true`: leads enter with a reason only.
    #[schema(value_type = bool, required = false, example = false)]
    pub reason_required: Option<bool>,
    /// Who receives the leads that enter, as a whole; null or empty for a status that hands nothing over.
    #[schema(value_type = HandoffBody, required = false)]
    pub handoff: Option<()>,
    /// Why the definition changes, up to 500 characters; kept with its version.
    #[schema(value_type = String, required = false, max_length = 500, example = "")]
    pub why: Option<String>,
    /// `true` moves the role here; `false` is refused for the status that has it.
    #[schema(value_type = bool, required = false)]
    pub isdefault: Option<bool>,
    /// `true` moves the role of the status for won leads here; `false` is refused for the status that has it.
    #[schema(value_type = bool, required = false)]
    pub isconverted: Option<bool>,
    /// The position in the pipeline, from 1; beyond the end means the end.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub statusorder: Option<i32>,
    /// `true` archives, `false` restores.
    #[schema(value_type = bool, required = false)]
    pub archived: Option<bool>,
    /// With `archived`: the id of the status that gets its leads and roles.
    #[schema(value_type = i64, required = false)]
    pub replace_with: Option<i64>,
    /// With `replace_with`: `true` resets the time in status of its leads to 0.
    #[schema(value_type = bool, required = false)]
    pub restart_age: Option<bool>,
    /// The version that you read; if the record has changed since, nothing is changed: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// A rule about the leads that enter a status.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EntryRule)]
pub struct EntryRuleBody {
    /// Never reused in its status. A rule keeps it if you send it back; leave it out for a new rule.
    #[schema(value_type = i64, required = false, example = 12)]
    pub id: Option<i64>,
    /// `field`: a field of the lead; `confirm`: a sentence that is confirmed with the move; `evidence`: a text or a
    /// link that they give.
    #[serde(rename = "type")]
    #[schema(example = "field")]
    pub kind: String,
    /// With `field`: `company`, `email`, `phone`, `source`, `owner` or `value`.
    #[schema(value_type = String, required = false, example = "email")]
    pub field: Option<String>,
    /// With `field`: `set`, `at_least` for the value, or `one_of` for the source.
    #[schema(value_type = String, required = false, example = "set")]
    pub op: Option<String>,
    /// An amount in major units for `at_least`, a list of texts for `one_of`, else null.
    #[schema(schema_with = crate::statuses::http::api::schemas::rule_value, required = false)]
    pub value: Option<()>,
    /// The currency of `at_least`; a value in another one doesn’t meet the rule.
    #[schema(value_type = String, required = false, example = "EUR")]
    pub currency: Option<String>,
    /// `block` refuses leads that don’t meet it, `warn` only names it.
    #[schema(example = "block")]
    pub level: String,
    /// What must be true, up to 200 characters; made from the field if you leave it out.
    #[schema(example = "E-mail is known")]
    pub text: String,
}

/// The hand-off of a status: a lead that enters is offered to a user or a role.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StatusHandoff)]
pub struct HandoffBody {
    /// Who receives: `rep` or `manager`.
    #[schema(example = "rep")]
    pub to: &'static str,
    /// The hours until an offer is overdue.
    #[schema(minimum = 1, maximum = 8760, example = 24)]
    pub within_hours: i64,
    /// The status of a rejected lead; null for the one that it came from.
    #[schema(required = true, example = 2)]
    pub reject_to: Option<i64>,
    /// The open or paused status of a recycled lead; null for the default one.
    #[schema(required = true, example = 7)]
    pub recycle_to: Option<i64>,
    /// The reasons to choose from, up to 20; empty if any will do.
    #[schema(example = json!(["No budget"]))]
    pub reasons: Vec<String>,
}

impl HandoffBody {
    fn of(fields: &StatusFields) -> Option<HandoffBody> {
        fields.handoff.as_ref().map(|handoff| HandoffBody {
            to: handoff.to.as_str(),
            within_hours: handoff.within_hours,
            reject_to: handoff.reject_to,
            recycle_to: handoff.recycle_to,
            reasons: handoff.reasons.lines().to_vec(),
        })
    }
}

/// A version of the definition of a status.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DefinitionVersion)]
pub struct DefinitionBody {
    /// From 1.
    #[schema(example = 2)]
    pub version: i32,
    pub definition: String,
    pub enter_when: Vec<String>,
    pub leave_when: Vec<String>,
    #[schema(value_type = Vec<EntryRuleBody>)]
    pub entry_rules: Value,
    pub enter_from: Vec<i64>,
    pub movers: Vec<&'static str>,
    pub reasons: Vec<String>,
    pub reason_required: bool,
    #[schema(required = true)]
    pub handoff: Option<HandoffBody>,
    /// Why it changed; may be empty.
    pub why: String,
    /// Who changed it.
    #[schema(example = "Mara Ionescu")]
    pub by: String,
    /// From when it holds; RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub from: String,
}

impl From<DefinitionVersion> for DefinitionBody {
    fn from(version: DefinitionVersion) -> DefinitionBody {
        let fields = &version.fields;
        DefinitionBody {
            version: version.version,
            definition: fields.definition.to_string(),
            enter_when: fields.enter_when.lines().to_vec(),
            leave_when: fields.leave_when.lines().to_vec(),
            entry_rules: fields.entry_rules.to_json(),
            enter_from: fields.enter_from.ids().to_vec(),
            movers: movers(fields),
            reasons: fields.reasons.lines().to_vec(),
            reason_required: fields.requires_reason,
            handoff: HandoffBody::of(fields),
            why: version.why.to_string(),
            by: version.author,
            from: version.valid_from.rfc3339(),
        }
    }
}

fn movers(fields: &StatusFields) -> Vec<&'static str> {
    let roles = fields.movers.roles().iter();
    roles.map(|role| role.as_str()).collect()
}

/// The progress of a replacement.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Leaving)]
pub struct LeavingBody {
    /// The id of the replacement.
    #[schema(example = 3)]
    pub replace_with: i64,
    /// How many leads have moved.
    #[schema(example = 12_000)]
    pub moved: i64,
    /// How many leads there are to move.
    #[schema(example = 180_000)]
    pub total: i64,
}

/// The list: an array, or one page if you ask for one.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = LeadStatuses)]
pub enum StatusesBody {
    All(Vec<StatusBody>),
    Page(StatusesPage),
}

/// A page of the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LeadStatusPage)]
pub struct StatusesPage {
    /// The statuses on this page.
    pub data: Vec<StatusBody>,
    pub meta: PageMeta,
}

/// The position of a page in its list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PageMeta)]
pub struct PageMeta {
    /// From 1; a page past the end is the last one.
    #[schema(example = 1)]
    pub page: i64,
    /// At most 100.
    #[schema(example = 20)]
    pub per_page: i64,
    /// How many match.
    #[schema(example = 6)]
    pub total: i64,
    #[schema(example = 1)]
    pub total_pages: i64,
    /// True if there is another page.
    pub has_more: bool,
}

impl StatusBody {
    /// A status with the leads that are in it now.
    pub fn new(status: &LeadStatus, counts: &StatusCounts) -> StatusBody {
        StatusBody {
            id: status.id,
            name: status.name.to_string(),
            slug: status.slug.to_string(),
            color: status.color.to_string(),
            kind: status.kind,
            statusorder: status.position,
            isdefault: status.is_default,
            isconverted: status.is_converted,
            definition: status.definition.to_string(),
            enter_when: status.enter_when.lines().to_vec(),
            leave_when: status.leave_when.lines().to_vec(),
            target_days: status.target_days.map(|days| days.get()),
            limit_days: status.limit_days.map(|days| days.get()),
            definition_version: status.definition_version,
            entry_rules: status.entry_rules.to_json(),
            enter_from: status.enter_from.ids().to_vec(),
            movers: movers(status),
            reasons: status.reasons.lines().to_vec(),
            reason_required: status.requires_reason,
            handoff: HandoffBody::of(status),
            lead_count: counts.totals.leads,
            stuck_count: counts.stuck,
            leaving: status.being_replaced.as_ref().map(|progress| LeavingBody {
                replace_with: progress.to,
                moved: progress.moved,
                total: progress.total,
            }),
            archived: status.is_archived(),
            version: status.version,
            created_at: status.created_at.rfc3339(),
            updated_at: status.updated_at.rfc3339(),
        }
    }
}
