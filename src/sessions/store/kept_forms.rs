//! Forms that were sent after their session had ended.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::kept_forms;
use crate::error::{Error, Result};
use crate::sessions::domain::kept_form::{KEEP_SECONDS, KeptForm};

/// The most forms of one user.
const MAX_FORMS: i64 = 20;

/// Stores a form of a user; returns its id. Deletes the forms that are too old, and the oldest beyond [`MAX_FORMS`].
pub fn insert(conn: &mut Conn, user_id: i64, form: &KeptForm, now: Timestamp) -> Result<i64> {
    delete_older(conn, now)?;
    let fields = serde_json::to_string(&form.fields).map_err(Error::internal)?;
    let id = diesel::insert_into(kept_forms::table)
        .values((
            kept_forms::user_id.eq(user_id),
            kept_forms::path.eq(&form.path),
            kept_forms::page.eq(&form.page),
            kept_forms::fields.eq(fields),
            kept_forms::created_at.eq(now),
        ))
        .returning(kept_forms::id)
        .get_result(conn)?;
    let surplus: Vec<i64> = kept_forms::table
        .filter(kept_forms::user_id.eq(user_id))
        .order(kept_forms::id.desc())
        .select(kept_forms::id)
        .limit(MAX_FORMS)
        .offset(MAX_FORMS)
        .load(conn)?;
    diesel::delete(kept_forms::table.filter(kept_forms::id.eq_any(surplus))).execute(conn)?;
    Ok(id)
}

/// A form that is kept for a user; nothing if it is another's, or too old.
pub fn find(conn: &mut Conn, id: i64, user_id: i64, now: Timestamp) -> Result<Option<KeptForm>> {
    let row: Option<(String, String, String)> = kept_forms::table
        .find(id)
        .filter(kept_forms::user_id.eq(user_id))
        .filter(kept_forms::created_at.gt(oldest(now)))
        .select((kept_forms::path, kept_forms::page, kept_forms::fields))
        .first(conn)
        .optional()?;
    let form = row.map(|(path, page, fields)| {
        let fields = serde_json::from_str(&fields).map_err(Error::internal)?;
        Ok(KeptForm { path, page, fields })
    });
    form.transpose()
}

/// Deletes the forms that are too old.
pub fn delete_older(conn: &mut Conn, now: Timestamp) -> Result<()> {
    diesel::delete(kept_forms::table.filter(kept_forms::created_at.le(oldest(now))))
        .execute(conn)?;
    Ok(())
}

fn oldest(now: Timestamp) -> Timestamp {
    now.plus_seconds(-KEEP_SECONDS)
}
