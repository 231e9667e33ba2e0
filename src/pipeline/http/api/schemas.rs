//! Parameters and answer of the call that deletes a status, as the reference describes them. The doc comments are texts
//! of the reference.

use utoipa::{IntoParams, ToSchema};

use crate::error::Blocker;

/// How to delete.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeleteQuery {
    /// The id of the status that gets its leads and roles.
    #[param(example = 2)]
    pub replace_with: Option<i64>,
    /// `1` resets the time in status of its leads to 0; otherwise they keep it.
    #[param(value_type = Option<String>, pattern = "^[01]$")]
    pub restart_age: Option<bool>,
    /// `1` previews the deletion, always with 200, and changes nothing.
    #[param(value_type = Option<String>, example = "1")]
    pub dry_run: Option<bool>,
}

/// The answer to deleting a status, or to its dry run.
#[derive(ToSchema)]
pub struct Deleted {
    /// `true` if it is or would be deleted.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    /// With `dry_run`: `true`.
    #[schema(value_type = bool, required = false, example = true)]
    pub dry_run: Option<bool>,
    /// With `dry_run`: the number of its leads.
    #[schema(value_type = i64, required = false, example = 0)]
    pub leads: Option<i64>,
    /// With `dry_run`: what blocks it; empty if nothing does.
    #[schema(value_type = Vec<Blocker>, required = false)]
    pub blockers: Option<Vec<Blocker>>,
    /// With `dry_run`: the roles that would go to the replacement.
    #[schema(value_type = Vec<String>, required = false)]
    pub roles: Option<Vec<String>>,
    /// With `dry_run` and `replace_with`: where the leads would go.
    #[schema(value_type = i64, required = false)]
    pub replace_with: Option<i64>,
    /// With `dry_run` and `replace_with`: how many of the leads are in an open or paused status.
    #[schema(value_type = i64, required = false)]
    pub open: Option<i64>,
    /// With `dry_run` and `replace_with`: how many of the leads are in a won, lost or junk status.
    #[schema(value_type = i64, required = false)]
    pub closed: Option<i64>,
    /// With `dry_run` and `replace_with`: how many leads in the bin would move too.
    #[schema(value_type = i64, required = false)]
    pub in_bin: Option<i64>,
    /// With `dry_run` and `replace_with`: the value of the leads, by currency.
    #[schema(value_type = Vec<Sum>, required = false)]
    pub values: Option<Vec<Sum>>,
    /// How many leads are moving in the background; the status is deleted when all have moved.
    #[schema(value_type = i64, required = false)]
    pub moving: Option<i64>,
}

/// A sum of money.
#[derive(ToSchema)]
#[schema(as = MoneySum)]
pub struct Sum {
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub currency: String,
    /// In major units.
    #[schema(example = 1054.0)]
    pub value: f64,
}
