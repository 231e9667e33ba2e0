//! Parameters and bodies of the calls about leads, as the reference describes them. The doc comments are texts of the
//! reference.

use utoipa::{IntoParams, ToSchema};

use crate::error::Unmet;
use crate::leads::domain::filters::Filter;
use crate::records::openapi::ListParams;
use crate::web::api_schemas::warnings_schema;

/// Which leads to list, in which order.
pub type ListQuery = ListParams<Filter, ListPosition>;

/// The order and the page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListPosition {
    /// `created_at`, `name`, `value`, `age` (time in status) or `updated_at`; a `-` in front reverses. Without it `-created_at`.
    pub sort: Option<String>,
    /// Page number from 1; past the end is the last page. Without it the list is complete.
    #[param(minimum = 1, example = 1)]
    pub page: Option<i64>,
    /// Another name for `page`.
    #[param(minimum = 1)]
    pub nr_page: Option<i64>,
    /// Page size, at most 100; 20 if a page is asked for otherwise.
    #[param(minimum = 1, maximum = 100, example = 20)]
    pub per_page: Option<i64>,
    /// At most so many leads, up to 1,000; the answer is a page.
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<i64>,
    /// With `limit`: leave out so many leads first.
    #[param(minimum = 0)]
    pub offset: Option<i64>,
    /// Another name for `owner`; `0` for leads without an owner.
    #[param(minimum = 0)]
    pub assigned: Option<i64>,
    /// The `next` of the previous page. Faster than page numbers, and without duplicates.
    pub after: Option<String>,
}

/// How to delete.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeleteQuery {
    /// `1` previews the deletion and changes nothing.
    #[param(value_type = Option<String>, example = "1")]
    pub dry_run: Option<bool>,
}

/// A move of a lead.
#[derive(ToSchema)]
pub struct LeadMove {
    /// The id of an active status.
    #[schema(example = 2)]
    pub status: i64,
    /// The reason for the move.
    #[schema(max_length = 200, example = "Asked for a call")]
    pub reason: Option<String>,
    /// A note about the move.
    #[schema(max_length = 2000, example = "Wants to see the warehouse first.")]
    pub note: Option<String>,
    /// When it was moved, if earlier than now; RFC 3339. Only managers and administrators can send it.
    #[schema(value_type = String, format = DateTime, required = false)]
    pub entered_at: Option<String>,
    /// Fields of the lead that change with the move, as in an update. Nothing changes if the move is refused.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, required = false)]
    pub fields: Option<()>,
    /// The ids of rules that you confirm.
    #[schema(value_type = Vec<i64>, required = false, example = json!([]))]
    pub confirmed: Option<Vec<i64>>,
    /// Evidence by the id of the rule: a text or a link of up to 500 characters.
    #[schema(value_type = std::collections::HashMap<String, String>, required = false)]
    pub evidence: Option<()>,
    /// `true` passes rules that aren’t met; needs `override_reason`. Only managers and administrators can send it.
    #[schema(value_type = bool, required = false, example = false)]
    pub r#override: Option<bool>,
    /// Why rules are passed; recorded in the history and in the audit log.
    #[schema(value_type = String, required = false, max_length = 200, example = "")]
    pub override_reason: Option<String>,
    /// Into a status with a hand-off: the id of the receiver. Without it, all users of the role can accept.
    #[schema(value_type = i64, required = false)]
    pub offer_to: Option<i64>,
    /// The version that you read; if the record has changed since, nothing is changed: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// The answer to an offer.
#[derive(ToSchema)]
pub struct LeadAnswer {
    /// `accept`, `reject`, `recycle` or `withdraw`.
    #[schema(example = "accept")]
    pub answer: String,
    /// Why; for `reject` and `recycle`, one of the reasons of the hand-off where it has some.
    #[schema(value_type = String, required = false, max_length = 200, example = "")]
    pub reason: Option<String>,
    /// With `recycle`: the day until which the lead waits, within ten years.
    #[schema(value_type = String, required = false, example = "2033-06-01")]
    pub until: Option<String>,
    /// The id of the offer that you answer; if another one is open by now, nothing is changed: 409.
    #[schema(value_type = i64, required = false)]
    pub offer: Option<i64>,
}

/// The answer to a move, or to its dry run.
#[derive(ToSchema)]
pub struct MoveDone {
    /// `false` if a dry run finds that the lead can’t move.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    #[schema(schema_with = warnings_schema)]
    pub warnings: Vec<Unmet>,
    /// With `dry_run`: all that is missing, what blocks first.
    #[schema(value_type = Vec<Unmet>, required = false)]
    pub unmet: Option<Vec<Unmet>>,
    /// With `dry_run`: `true`.
    #[schema(value_type = bool, required = false, example = true)]
    pub dry_run: Option<bool>,
}

/// How to move.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DryRunQuery {
    /// `1` says what is missing and changes nothing.
    #[param(value_type = Option<String>, example = "1")]
    pub dry_run: Option<bool>,
}

/// A pause of a lead.
#[derive(ToSchema)]
pub struct LeadPause {
    /// The day on which it resumes, within ten years. Empty or null resumes it now.
    #[schema(value_type = Option<String>, format = Date, required = true, example = "2033-06-01")]
    pub until: Option<String>,
    /// The reason of a pause; empty to resume.
    #[schema(value_type = String, required = true, max_length = 200, example = "Budget is decided in June")]
    pub reason: Option<String>,
    /// The version that you read; if the record has changed since, nothing is changed: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// A new note on a lead.
#[derive(ToSchema)]
pub struct NewNote {
    /// Up to 2,000 characters, with line breaks.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Wants to see the warehouse first."
    )]
    pub note: String,
    /// The version of the lead that you read; if it has changed since, nothing is changed: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// The answer to deleting a lead, or to its dry run.
#[derive(ToSchema)]
#[schema(as = LeadDeleted)]
pub struct LeadDeletion {
    /// Always `true`.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    /// With `dry_run`: `true`.
    #[schema(value_type = bool, required = false, example = true)]
    pub dry_run: Option<bool>,
}
