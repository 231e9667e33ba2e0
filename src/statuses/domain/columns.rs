//! The optional columns of the list of statuses.

use crate::records::columns::column_table;

column_table! {
    /// An optional column of the list.
    StatusColumn {
        Kind = "kind", "status-kind";
        Definition = "definition", "status-definition";
        Days = "days", "status-column-days";
        Leads = "leads", "status-column-leads";
        AtRisk = "at_risk", "state-at-risk-plural";
        Stuck = "stuck", "state-stuck-plural";
        Median = "median", "status-column-median";
        Ages = "ages", "status-column-ages";
        Complete = "complete", "status-column-complete";
        Updated = "updated", "web-updated";
    }
    hidden { Kind, Definition, Complete }
}
