pub mod bulk;
pub mod frame;
pub mod replace;
