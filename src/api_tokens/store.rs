//! Rows of tokens.

use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::access::{Role, Scope, User};
use crate::api_tokens::domain::token::{ApiToken, Secret, TokenFields};
use crate::clock::{DAY_SECONDS, Timestamp};
use crate::db::schema::{api_tokens, users};
use crate::db::{Backend, Conn, columns_of};
use crate::error::{Error, Result};

type Condition = Box<dyn BoxableExpression<api_tokens::table, Backend, SqlType = Bool>>;

#[derive(Queryable, Selectable)]
#[diesel(table_name = api_tokens)]
struct TokenRow {
    id: i64,
    user_id: i64,
    name: String,
    prefix: String,
    scopes: String,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    #[diesel(embed)]
    owner: OwnerRow,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
struct OwnerRow {
    name: String,
    email: String,
    role: String,
    disabled_at: Option<Timestamp>,
}

impl TryFrom<TokenRow> for ApiToken {
    type Error = Error;

    fn try_from(row: TokenRow) -> Result<ApiToken> {
        Ok(ApiToken {
            owner_role: Role::from_stored(&row.owner.role)?,
            id: row.id,
            owner_id: row.user_id,
            owner: row.owner.name,
            owner_email: row.owner.email,
            is_owner_enabled: row.owner.disabled_at.is_none(),
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

fn condition(with_revoked: bool) -> Condition {
    match with_revoked {
        true => Box::new(api_tokens::id.gt(0)),
        false => Box::new(api_tokens::revoked_at.is_null()),
    }
}

/// How many tokens there are.
pub(super) fn count(conn: &mut Conn, with_revoked: bool) -> Result<i64> {
    Ok(api_tokens::table
        .filter(condition(with_revoked))
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
        .filter(condition(with_revoked))
        .order(api_tokens::id.desc())
        .offset(offset)
        .limit(limit)
        .select(api_tokens::id)
        .load(conn)?;
    let rows: Vec<TokenRow> = api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::id.eq_any(ids))
        .order(api_tokens::id.desc())
        .select(columns_of::<TokenRow>())
        .load(conn)?;
    rows.into_iter().map(ApiToken::try_from).collect()
}

/// The token with this id.
pub(super) fn find(conn: &mut Conn, id: i64) -> Result<ApiToken> {
    let row: TokenRow = api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::id.eq(id))
        .select(columns_of::<TokenRow>())
        .first(conn)?;
    row.try_into()
}

/// Stores a new token with the hash of its secret.
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
        .map(|days| now.plus_seconds(days * DAY_SECONDS));
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

/// Revokes a token from `now` on; false if it was revoked already.
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
