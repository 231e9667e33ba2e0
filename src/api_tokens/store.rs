use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::access::{Role, Scope, User};
use crate::api_tokens::domain::token::{ApiToken, Secret, TokenFields};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{api_tokens, users};
use crate::error::{Error, Result};

type Backend = <Conn as diesel::Connection>::Backend;
type Condition = Box<dyn BoxableExpression<api_tokens::table, Backend, SqlType = Bool>>;

#[derive(Queryable)]
struct TokenRow {
    id: i64,
    owner_id: i64,
    name: String,
    prefix: String,
    scopes: String,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    owner: (String, String, String, Option<Timestamp>),
}

macro_rules! columns {
    () => {
        (
            api_tokens::id,
            api_tokens::user_id,
            api_tokens::name,
            api_tokens::prefix,
            api_tokens::scopes,
            api_tokens::created_at,
            api_tokens::expires_at,
            api_tokens::last_used_at,
            api_tokens::revoked_at,
            (users::name, users::email, users::role, users::disabled_at),
        )
    };
}

impl TryFrom<TokenRow> for ApiToken {
    type Error = Error;

    fn try_from(row: TokenRow) -> Result<ApiToken> {
        let (owner, owner_email, role, disabled_at) = row.owner;
        Ok(ApiToken {
            owner_role: Role::from_stored(&role)?,
            id: row.id,
            owner_id: row.owner_id,
            owner,
            owner_email,
            is_owner_enabled: disabled_at.is_none(),
            name: row.name,
            prefix: row.prefix,
            scopes: row.scopes.split(',').filter_map(Scope::from_word).collect(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
        })
    }
}

fn listed(with_revoked: bool) -> Condition {
    match with_revoked {
        true => Box::new(api_tokens::id.gt(0)),
        false => Box::new(api_tokens::revoked_at.is_null()),
    }
}

/// How many tokens there are.
pub(super) fn count(conn: &mut Conn, with_revoked: bool) -> Result<i64> {
    Ok(api_tokens::table
        .filter(listed(with_revoked))
        .count()
        .get_result(conn)?)
}

/// A page of the tokens, the newest first.
pub(super) fn list(
    conn: &mut Conn,
    with_revoked: bool,
    offset: i64,
    limit: i64,
) -> Result<Vec<ApiToken>> {
    let ids: Vec<i64> = api_tokens::table
        .filter(listed(with_revoked))
        .order(api_tokens::id.desc())
        .offset(offset)
        .limit(limit)
        .select(api_tokens::id)
        .load(conn)?;
    let rows: Vec<TokenRow> = api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::id.eq_any(ids))
        .order(api_tokens::id.desc())
        .select(columns!())
        .load(conn)?;
    rows.into_iter().map(ApiToken::try_from).collect()
}

/// The token with this id.
pub(super) fn find(conn: &mut Conn, id: i64) -> Result<ApiToken> {
    let row: TokenRow = api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::id.eq(id))
        .select(columns!())
        .first(conn)?;
    row.try_into()
}

/// Keeps a new token by its hash.
pub(super) fn insert(
    conn: &mut Conn,
    owner: &User,
    fields: &TokenFields,
    secret: &Secret,
    now: Timestamp,
) -> Result<i64> {
    let scopes: Vec<&str> = fields.scopes.iter().map(|scope| scope.as_str()).collect();
    let expires_at = fields
        .expires_days
        .map(|days| now.plus_seconds(days * 86_400));
    Ok(diesel::insert_into(api_tokens::table)
        .values((
            api_tokens::user_id.eq(owner.id),
            api_tokens::name.eq(&fields.name),
            api_tokens::prefix.eq(&secret.prefix),
            api_tokens::token_hash.eq(secret.hash()),
            api_tokens::scopes.eq(scopes.join(",")),
            api_tokens::created_at.eq(now),
            api_tokens::expires_at.eq(expires_at),
        ))
        .returning(api_tokens::id)
        .get_result(conn)?)
}

/// Makes a token worthless from `now` on; false if it was already.
pub(super) fn revoke(conn: &mut Conn, id: i64, now: Timestamp) -> Result<bool> {
    let revoked = diesel::update(
        api_tokens::table
            .filter(api_tokens::id.eq(id))
            .filter(api_tokens::revoked_at.is_null()),
    )
    .set(api_tokens::revoked_at.eq(now))
    .execute(conn)?;
    Ok(revoked > 0)
}
