//! Leads and their way through the statuses.

mod counters;
