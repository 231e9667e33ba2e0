//! What an operator asks of the running program: does it live, can it serve, how is it doing.

mod pages;

pub use pages::{healthz, home, metrics, readyz};
