//! Rows of users.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::access::domain::profile::ProfileFields;
use crate::access::domain::role::Role;
use crate::access::domain::user::{User, UserFields, email_key};
pub use crate::access::domain::user_filter::UserFilter;
use crate::clock::{Timestamp, Zone};
use crate::db::schema::{known_addresses, sessions, users};
use crate::db::{Backend, Conn, columns_of, read_reference_data, shared_reference_data};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::{Lang, Message, fold_search, like_pattern};
use crate::theme::Theme;

/// The most users in a selection.
const MAX_CHOICES: i64 = 1000;

type Condition = Box<dyn BoxableExpression<users::table, Backend, SqlType = Bool>>;

/// A row of a user.
#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(super) struct UserRow {
    id: i64,
    email: String,
    name: String,
    role: String,
    language: String,
    theme: String,
    has_shortcuts: bool,
    time_zone: String,
    disabled_at: Option<Timestamp>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl TryFrom<UserRow> for User {
    type Error = Error;

    fn try_from(row: UserRow) -> Result<User> {
        Ok(User {
            role: Role::from_stored(&row.role)?,
            id: row.id,
            email: row.email,
            name: row.name,
            language: Lang::from_tag(&row.language),
            theme: Theme::from_word(&row.theme).unwrap_or_default(),
            has_shortcuts: row.has_shortcuts,
            time_zone: Zone::parse(&row.time_zone),
            disabled_at: row.disabled_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

fn condition(filter: &UserFilter) -> Condition {
    let mut condition: Condition = Box::new(users::id.gt(0));
    if !filter.unreadable.is_empty() {
        condition = Box::new(condition.and(users::id.lt(0)));
    }
    if !filter.q.trim().is_empty() {
        let matches = users::search_key.like(like_pattern(&filter.q)).escape('\\');
        condition = Box::new(condition.and(matches));
    }
    if let Some(role) = filter.role {
        condition = Box::new(condition.and(users::role.eq(role.as_str())));
    }
    condition
}

/// How many users a filter finds.
pub fn count(conn: &mut Conn, filter: &UserFilter) -> Result<i64> {
    Ok(users::table
        .filter(condition(filter))
        .count()
        .get_result(conn)?)
}

/// The users that a filter finds, by name; `limit` of them after the first `offset`.
pub fn list(conn: &mut Conn, filter: &UserFilter, offset: i64, limit: i64) -> Result<Vec<User>> {
    let rows: Vec<UserRow> = users::table
        .filter(condition(filter))
        .order((users::search_key, users::id))
        .offset(offset)
        .limit(limit)
        .select(columns_of::<UserRow>())
        .load(conn)?;
    rows.into_iter().map(User::try_from).collect()
}

/// Every user, by name.
pub fn list_unlimited(conn: &mut Conn) -> Result<Vec<User>> {
    list(conn, &UserFilter::default(), 0, i64::MAX)
}

/// The enabled users, by name, for a selection.
pub fn list_enabled(conn: &mut Conn) -> Result<Vec<User>> {
    let rows: Vec<UserRow> = users::table
        .filter(users::disabled_at.is_null())
        .order((users::search_key, users::id))
        .limit(MAX_CHOICES)
        .select(columns_of::<UserRow>())
        .load(conn)?;
    rows.into_iter().map(User::try_from).collect()
}

/// All users, by name, for the choice of an author or owner, who may be disabled by now.
pub fn list_all(conn: &mut Conn) -> Result<Vec<User>> {
    read_reference_data(conn, |conn| {
        list(conn, &UserFilter::default(), 0, MAX_CHOICES)
    })
}

/// The names of these users, by id.
pub fn names(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    if let Some(all) = shared_reference_data(conn, all_names)? {
        let name = |id: &i64| Some((*id, all.get(id)?.clone()));
        return Ok(ids.iter().filter_map(name).collect());
    }
    let rows: Vec<(i64, String)> = users::table
        .filter(users::id.eq_any(ids.to_vec()))
        .select((users::id, users::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn all_names(conn: &mut Conn) -> Result<HashMap<i64, String>> {
    let rows: Vec<(i64, String)> = users::table.select((users::id, users::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The user with this id.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find(conn: &mut Conn, id: i64) -> Result<User> {
    let row: UserRow = users::table
        .find(id)
        .select(columns_of::<UserRow>())
        .first(conn)?;
    row.try_into()
}

/// The user with this e-mail address, whatever its case.
pub fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<User>> {
    let row: Option<UserRow> = users::table
        .filter(users::email_key.eq(email_key(email)))
        .select(columns_of::<UserRow>())
        .first(conn)
        .optional()?;
    row.map(User::try_from).transpose()
}

/// The hash of a user's password.
pub fn password_hash(conn: &mut Conn, id: i64) -> Result<String> {
    Ok(users::table
        .find(id)
        .select(users::password_hash)
        .first(conn)?)
}

/// How many users there are, disabled ones included.
pub fn count_all(conn: &mut Conn) -> Result<i64> {
    Ok(users::table.count().get_result(conn)?)
}

/// Locks the administrators until the transaction ends: no other transaction adds or removes one.
pub(crate) fn lock_admins(conn: &mut Conn) -> Result<()> {
    if let Conn::Postgres(conn) = conn {
        users::table
            .filter(users::role.eq(Role::Admin.as_str()))
            .order(users::id)
            .select(users::id)
            .for_no_key_update()
            .load::<i64>(conn)?;
    }
    Ok(())
}

/// Locks the user with this id until the transaction ends: password and rights stay as they are read next.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) fn lock_for_update(conn: &mut Conn, id: i64) -> Result<User> {
    if let Conn::Postgres(conn) = conn {
        let row = users::table.find(id).select(users::id);
        row.for_no_key_update().first::<i64>(conn)?;
    }
    find(conn, id)
}

/// True if no other enabled user is an administrator.
pub(crate) fn is_last_admin(conn: &mut Conn, id: i64) -> Result<bool> {
    let others: i64 = users::table
        .filter(users::role.eq(Role::Admin.as_str()))
        .filter(users::disabled_at.is_null())
        .filter(users::id.ne(id))
        .count()
        .get_result(conn)?;
    Ok(others == 0)
}

/// The refusal of an address that belongs to another user.
fn as_taken(error: diesel::result::Error) -> Error {
    match Error::from(error) {
        Error::Conflict(_) => {
            let message = Message::new("user-email-taken");
            Error::Taken(FieldErrors::one("email", message))
        }
        other => other,
    }
}

fn search_key(name: &str, email: &str) -> String {
    fold_search(&format!("{name} {email}"))
}

/// Adds a user.
///
/// # Errors
/// [`Error::Taken`] if the e-mail address belongs to another.
pub(crate) fn insert(
    conn: &mut Conn,
    fields: &UserFields,
    password_hash: &str,
    now: Timestamp,
) -> Result<i64> {
    let (name, email) = (fields.name.as_str(), fields.email.as_str());
    diesel::insert_into(users::table)
        .values((
            users::email.eq(email),
            users::email_key.eq(fields.email.key()),
            users::name.eq(name),
            users::role.eq(fields.role.as_str()),
            users::password_hash.eq(password_hash),
            users::search_key.eq(search_key(name, email)),
            users::created_at.eq(now),
            users::updated_at.eq(now),
        ))
        .returning(users::id)
        .get_result(conn)
        .map_err(as_taken)
}

/// Writes name, address and role.
///
/// # Errors
/// [`Error::Taken`] if the e-mail address belongs to another.
pub(crate) fn update(conn: &mut Conn, id: i64, fields: &UserFields, now: Timestamp) -> Result<()> {
    let (name, email) = (fields.name.as_str(), fields.email.as_str());
    diesel::update(users::table.find(id))
        .set((
            users::email.eq(email),
            users::email_key.eq(fields.email.key()),
            users::name.eq(name),
            users::role.eq(fields.role.as_str()),
            users::search_key.eq(search_key(name, email)),
            users::updated_at.eq(now),
        ))
        .execute(conn)
        .map_err(as_taken)?;
    Ok(())
}

/// Writes the fields of a user that they set themselves.
pub(crate) fn update_profile(
    conn: &mut Conn,
    user: &User,
    fields: &ProfileFields,
    now: Timestamp,
) -> Result<()> {
    let name = fields.name.as_str();
    diesel::update(users::table.find(user.id))
        .set((
            users::name.eq(name),
            users::language.eq(fields.language.map_or("", Lang::code)),
            users::theme.eq(fields.theme.as_str()),
            users::has_shortcuts.eq(fields.has_shortcuts),
            users::time_zone.eq(fields.time_zone.map_or("", Zone::name)),
            users::search_key.eq(search_key(name, &user.email)),
            users::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Sets the hash of a user's password.
pub(crate) fn set_password_hash(
    conn: &mut Conn,
    id: i64,
    hash: &str,
    now: Timestamp,
) -> Result<()> {
    diesel::update(users::table.find(id))
        .set((users::password_hash.eq(hash), users::updated_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Waits on PostgreSQL until no write that this user began is under way any more.
pub(crate) fn wait_for_writes(conn: &mut Conn, id: i64) -> Result<()> {
    if let Conn::Postgres(conn) = conn {
        let row = users::table.find(id).select(users::id);
        row.for_update().first::<i64>(conn)?;
    }
    Ok(())
}

/// Deletes the addresses from which a user signed in.
pub(crate) fn delete_addresses(conn: &mut Conn, user_id: i64) -> Result<()> {
    diesel::delete(known_addresses::table.filter(known_addresses::user_id.eq(user_id)))
        .execute(conn)?;
    Ok(())
}

/// Disables or enables a user.
pub(crate) fn set_disabled(
    conn: &mut Conn,
    id: i64,
    disabled_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    diesel::update(users::table.find(id))
        .set((
            users::disabled_at.eq(disabled_at),
            users::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends the sessions of a user, all but `except`; returns how many.
pub(crate) fn end_sessions(conn: &mut Conn, user_id: i64, except: Option<i64>) -> Result<usize> {
    Ok(diesel::delete(
        sessions::table
            .filter(sessions::user_id.eq(user_id))
            .filter(sessions::id.ne(except.unwrap_or(0))),
    )
    .execute(conn)?)
}
