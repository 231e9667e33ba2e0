//! Erases the type of what a transaction returns, so that the code which runs transactions is compiled once and not for
//! each of some hundred types.

use std::any::Any;

use super::conn::Conn;
use crate::error::{Error, Result};

/// A value that [`typed`] gives its type back.
pub(crate) type AnyValue = Box<dyn Any + Send>;

/// The work of a read transaction.
pub(super) type ReadWork = Box<dyn FnOnce(&mut Conn) -> Result<AnyValue> + Send>;

/// The work of a read transaction on the thread that asks for it; it hands its value over itself.
pub(super) type LocalReadWork<'a> = Box<dyn FnOnce(&mut Conn) -> Result<()> + 'a>;

/// The work of a write transaction, which may be run more than once.
pub(super) type WriteWork = Box<dyn Fn(&mut Conn) -> Result<AnyValue> + Send>;

/// `result` with its value boxed.
pub(crate) fn untyped<T: Send + 'static>(result: Result<T>) -> Result<AnyValue> {
    result.map(|value| Box::new(value) as AnyValue)
}

/// The value, whose type is the one that its work returned.
///
/// # Errors
/// [`Error::Internal`] for another type, which is a mistake of the program.
pub(crate) fn typed<T: 'static>(value: AnyValue) -> Result<T> {
    match value.downcast() {
        Ok(value) => Ok(*value),
        Err(_) => Err(Error::Internal("a value of another type".into())),
    }
}

/// `work` without the type of its value.
pub(super) fn read_work<T: Send + 'static>(
    work: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
) -> ReadWork {
    Box::new(move |conn| untyped(work(conn)))
}

/// `work` without the type of its value.
pub(super) fn write_work<T: Send + 'static>(
    work: impl Fn(&mut Conn) -> Result<T> + Send + 'static,
) -> WriteWork {
    Box::new(move |conn| untyped(work(conn)))
}
