//! The bodies in which the API answers lists of leads. Their doc comments are texts of the API reference.

use serde::Serialize;
use utoipa::ToSchema;

use crate::leads::http::api::body::LeadBody;

/// The list: an array, or one page if you ask for one.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Leads)]
#[allow(
    dead_code,
    reason = "the array is only described: it is sent row by row"
)]
pub enum LeadsBody {
    All(Vec<LeadBody>),
    Page(LeadsPage),
}

/// A page of the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LeadPage)]
pub struct LeadsPage {
    /// The leads on this page.
    pub data: Vec<LeadBody>,
    pub meta: LeadsMeta,
}

/// The position of a page in its list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LeadPageMeta)]
pub struct LeadsMeta {
    /// From 1; a page past the end is the last one.
    #[schema(example = 1)]
    pub page: i64,
    /// At most 100.
    #[schema(example = 20)]
    pub per_page: i64,
    /// How many match; null with `after`, and if counting takes too long.
    #[schema(required = true, example = 612)]
    pub total: Option<i64>,
    /// Null where `total` is.
    #[schema(required = true, example = 31)]
    pub total_pages: Option<i64>,
    /// True if there is another page.
    pub has_more: bool,
    /// If there is another page: send it as `after`, with the same filters, to get it. Far pages are as fast as the
    /// first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false, example = "-created_at~20~1778406686000000~593")]
    pub next: Option<String>,
}
