//! What happens to leads in one transaction: rules asked, rows written, history and audit entries recorded.

pub mod batch_outcome;
pub mod board;
pub mod bulk;
pub mod bulk_jobs;
pub mod changes;
pub mod check;
pub mod counts;
pub mod edit;
pub mod export;
pub mod filter_options;
pub mod import;
pub mod import_undo;
pub mod insert;
pub mod moves;
pub mod name_lookup;
pub mod nearest_names;
pub mod neighbours;
pub mod numbered_page;
pub mod pause;
pub mod record;
pub mod similar;
pub mod stuck;
pub mod targets;
pub mod void;
