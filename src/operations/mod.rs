//! Health, readiness and metrics, for operators.

mod pages;

pub use pages::{healthz, home, metrics, readyz};
