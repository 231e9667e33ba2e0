//! The statuses that a lead moves through, from New to Won or Lost, in the order of the pipeline.
//! Each says what it means, what must be true to enter and to leave it, and how long a lead should and may stay.
//! One of them is where new leads start, one is where won leads land, and none is ever deleted out from under its leads.

mod color;
mod days;
mod form;
mod kind;
mod merge;
mod name;
mod order;
mod rules;
mod snapshot;
mod status;
mod wording;

pub use color::{Color, Hue};
pub use days::Days;
pub use form::{Flags, Mode, Raw, StatusForm};
pub use kind::{Kind, Role};
pub use merge::{Conflict, Merge, choose, merge};
pub use name::{Name, Slug};
pub use order::{Reorder, Step, moved};
pub use rules::{blockers, check_kind, check_role};
pub use snapshot::{FieldChange, Shown, Snapshot, diff};
pub use status::{FIELDS, LeadStatus, NewLeadStatus, StatusFields, label};
pub use wording::{Criteria, Definition};
