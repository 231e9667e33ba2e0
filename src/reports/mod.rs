//! Reports on the pipeline: how long leads stay, where they go, how many are won. They read,
//! but for the page that sets limits of statuses; the statistics are in `domain`, the pages and the API in `http`.
//!
//! A report goes through these types:
//!
//! | type | what it holds | made by |
//! |---|---|---|
//! | `ReportQuery` | the parameters of an address | `domain/query.rs` |
//! | `ReportSpec` | what is counted: ids, days, an instant | `domain/report_spec.rs` |
//! | `PreparedReport` | a spec that was checked against the database, with the statuses that it names | `actions/prepare.rs` |
//! | `PageReport` | a prepared report, with what else a page shows: refusals, filter options, changed definitions | `http/pages/page_report.rs` |
//! | `Figures` | the counts of a spec | `actions/figures.rs`, cached by `actions/report_cache.rs` |

pub mod actions;
pub mod domain;
pub mod http;
mod store;

pub use actions::report_cache::ReportCache;
pub use actions::watch::watch_medians;
