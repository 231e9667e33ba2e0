//! Parameters and bodies of the calls about leads, as the reference describes them. The doc comments are texts of the
//! reference.

use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::{IntoParams, ToSchema};

use crate::leads::domain::filters::Filter;
use crate::records::openapi::filter_params;

/// Which leads to list, in which order.
pub struct ListQuery;

impl IntoParams for ListQuery {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut params = filter_params::<Filter>();
        params.extend(ListPosition::into_params(parameter_in));
        params
    }
}

/// The order and the page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListPosition {
    /// `created_at`, `name`, `value`, `age` (how long in their status) or `updated_at`; a `-` in front reverses.
    #[param(default = "-created_at")]
    pub sort: Option<String>,
    /// Asks for a page, counted from 1, instead of everything; one past the end is the last one.
    #[param(minimum = 1, example = 1)]
    pub page: Option<i64>,
    /// Another name for `page`.
    #[param(minimum = 1)]
    pub nr_page: Option<i64>,
    /// How many on a page; above 100 is 100.
    #[param(minimum = 1, maximum = 100, default = 20, example = 20)]
    pub per_page: Option<i64>,
    /// The `next` of the page before: far pages come as quickly as near ones this way, and none is met twice.
    pub after: Option<String>,
}

/// How to delete.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeleteQuery {
    /// `1` says what would happen and changes nothing.
    #[param(value_type = Option<String>, example = "1")]
    pub dry_run: Option<bool>,
}

/// Where a lead goes.
#[derive(ToSchema)]
pub struct LeadMove {
    /// The id of a status in use.
    #[schema(example = 2)]
    pub status: i64,
    /// Why.
    #[schema(max_length = 200, example = "Asked for a call")]
    pub reason: Option<String>,
    /// What to know about it.
    #[schema(max_length = 2000, example = "Wants to see the warehouse first.")]
    pub note: Option<String>,
    /// When it entered the status, if that was not just now; RFC 3339. Only managers and administrators say so.
    #[schema(value_type = String, required = false)]
    pub entered_at: Option<String>,
    /// The version that was read; if it is not the current one any more, nothing changes: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// Until when a lead is set aside.
#[derive(ToSchema)]
pub struct LeadPause {
    /// A day within the next ten years. Empty or null resumes the lead.
    #[schema(value_type = Option<String>, required = true, example = "2033-06-01")]
    pub until: Option<String>,
    /// Why. Every pause has a reason; what resumes has none.
    #[schema(max_length = 200, example = "Budget is decided in June")]
    pub reason: Option<String>,
    /// The version that was read; if it is not the current one any more, nothing changes: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// What is written about a lead.
#[derive(ToSchema)]
pub struct NewNote {
    /// Up to 2,000 characters, with line breaks.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Wants to see the warehouse first."
    )]
    pub note: String,
    /// The version of the lead that was read; if it is not the current one any more, nothing changes: 409.
    #[schema(value_type = i32, required = false, minimum = 1)]
    pub version: Option<i32>,
}

/// What deleting a lead answers, also when it was only asked what would happen.
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
