//! The figures of the pipeline.

mod compliance;
mod definition_changes;
mod handoffs;
mod kept_pauses;
mod oracle;
mod oracle_data;
mod page;
mod random_history;
mod shared;
mod vectors;

use serde_json::Value;

use crate::support::Api;

/// A report, as the API answers it.
async fn report(api: &Api, path: &str) -> Value {
    let answer = api.get(&format!("reports/{path}")).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.json()
}

/// The figures of one status.
fn of_status(report: &Value, status: i64) -> &Value {
    let mut statuses = report["statuses"].as_array().expect("a list").iter();
    let found = statuses.find(|figures| figures["status"] == status);
    found.unwrap_or_else(|| panic!("no status {status}: {report}"))
}
