//! Changes of statuses in one transaction: they check the rules, write rows and record audit entries.

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
