//! What happens to statuses in one transaction: rules asked, rows written, audit entries recorded.

pub mod ages;
pub mod changes;
pub mod changeset;
pub mod check;
pub mod definitions;
pub mod edit;
pub mod import;
pub mod import_export;
pub mod locks;
pub mod lookup;
pub mod seed;
pub mod stats;
pub mod undo;
