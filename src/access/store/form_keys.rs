//! The keys of forms that were sent, and their answers.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::schema::form_keys;
use crate::db::{Conn, on_either};
use crate::error::Result;

/// The answer to a form, which is stored after the transaction of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormAnswer {
    /// The local path that it redirected to.
    pub location: String,
    /// The message on that page, as JSON.
    pub flash: Option<String>,
}

/// Stores the key of a form, in the transaction of its work; false if it is stored already. Of two simultaneous
/// transactions, one waits for the other.
pub(crate) fn insert(conn: &mut Conn, key_hash: &str, now: Timestamp) -> Result<bool> {
    let inserted = on_either!(conn, conn => diesel::insert_into(form_keys::table)
        .values((form_keys::key_hash.eq(key_hash), form_keys::created_at.eq(now)))
        .on_conflict_do_nothing()
        .execute(conn)?);
    Ok(inserted > 0)
}

/// True if the key is stored.
pub(crate) fn exists(conn: &mut Conn, key_hash: &str) -> Result<bool> {
    let row = form_keys::table.find(key_hash);
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(conn)?)
}

/// The answer to the form with this key; nothing if none is stored.
pub fn find_answer(conn: &mut Conn, key_hash: &str) -> Result<Option<FormAnswer>> {
    let row: Option<(Option<String>, Option<String>)> = form_keys::table
        .find(key_hash)
        .select((form_keys::location, form_keys::flash))
        .first(conn)
        .optional()?;
    let (location, flash) = row.unwrap_or_default();
    Ok(location.map(|location| FormAnswer { location, flash }))
}

/// Stores the answer to the form with this key.
pub fn set_answer(conn: &mut Conn, key_hash: &str, answer: &FormAnswer) -> Result<()> {
    diesel::update(form_keys::table.find(key_hash))
        .set((
            form_keys::location.eq(&answer.location),
            form_keys::flash.eq(&answer.flash),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes the key of a form that was refused.
pub fn delete(conn: &mut Conn, key_hash: &str) -> Result<()> {
    diesel::delete(form_keys::table.find(key_hash)).execute(conn)?;
    Ok(())
}

/// Deletes the keys from before `end`.
pub fn delete_older(conn: &mut Conn, end: Timestamp) -> Result<()> {
    diesel::delete(form_keys::table.filter(form_keys::created_at.lt(end))).execute(conn)?;
    Ok(())
}
