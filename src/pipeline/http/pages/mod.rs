pub mod bulk;
pub mod transitions;
