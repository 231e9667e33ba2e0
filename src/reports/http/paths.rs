//! The paths of the reports.

use crate::web::ReturnTo;

/// The path of the page.
pub const PIPELINE_PATH: &str = "/admin/reports/pipeline";
/// The path of compliance.
pub const COMPLIANCE_PATH: &str = "/admin/reports/compliance";
/// The path of the offers behind a number.
pub const HANDOFFS_PATH: &str = "/admin/reports/handoffs";
/// The path of the visits and leads behind a number.
pub const VISITS_PATH: &str = "/admin/reports/pipeline/visits";
/// The path of the list of stuck leads.
pub const STUCK_LEADS_PATH: &str = "/admin/leads/stuck";
/// The path of the list of leads.
pub const LEADS_PATH: &str = "/admin/leads";

/// Where a form on the page returns to.
pub const RETURN_TO: ReturnTo = ReturnTo {
    list: PIPELINE_PATH,
    other_lists: &[],
};

/// The path that sets the target and the limit of a status.
pub fn limits(status: i64) -> String {
    format!("{PIPELINE_PATH}/limits/{status}")
}

/// The path of the numbers of a chart as a file.
pub fn csv(table: CsvTable) -> String {
    format!("{PIPELINE_PATH}/{}.csv", table.as_str())
}

crate::words::word_enum! {
    /// The numbers of a chart as a file.
    pub enum CsvTable {
        Time = "time",
        Curves = "curves",
        Funnel = "funnel",
        Flow = "flow",
        OverTime = "over-time",
        Limits = "limits",
    }
}
