//! The calls under `/api/leads`, for other systems. They do what the pages do, by the same functions and under the
//! same rules: a token acts as its owner, so a representative's changes only the leads of that representative.

pub mod acts;
pub mod list;
pub mod one;
pub mod past;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::{Lead, Rights, Via, changes, store};
use crate::access::{Client, Who};
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Lang;
use crate::idempotency::Answer;
use crate::web::fields::{Fields, parse_id};
use crate::web::{Condition, Raw, take, version};

/// The author of changes that come through the API.
fn actor(who: &Who) -> Actor {
    who.actor(Via::Api.as_str())
}

fn query(req: &HttpRequest) -> Result<Fields> {
    Fields::from_urlencoded(req.query_string().as_bytes())
}

/// The id in a path.
fn id(path: &str) -> Result<i64> {
    parse_id(path).ok_or(Error::NotFound)
}

fn said(key: &'static str) -> Value {
    json!({"status": true, "message": Lang::En.t(key)})
}

/// What a change answers.
fn done(key: &'static str) -> Answer {
    Answer {
        status: StatusCode::OK,
        location: None,
        body: said(key),
    }
}

/// What making something answers.
fn made(key: &'static str, id: i64, location: String) -> Answer {
    let mut body = said(key);
    body["record_id"] = id.into();
    Answer {
        status: StatusCode::CREATED,
        location: Some(location),
        body,
    }
}

/// A lead as it is read: one in the bin is not there.
fn seen(conn: &mut Conn, id: i64) -> Result<Lead> {
    let lead = store::find(conn, id)?;
    match lead.is_deleted() {
        true => Err(Error::NotFound),
        false => Ok(lead),
    }
}

/// What a change was made from, if the caller says so: `If-Match`, and `version` in the body.
struct Lock {
    condition: Condition,
    version: Raw,
}

impl Lock {
    fn of(client: &Client, fields: &Fields) -> Lock {
        Lock {
            condition: Condition::of(client.request()),
            version: Raw::read(fields, "version"),
        }
    }

    /// # Errors
    /// [`Error::Precondition`], [`Error::StaleVersion`]; [`Error::Invalid`] at `version`.
    fn check(&self, lead: &Lead) -> Result<()> {
        self.condition.check(lead.version)?;
        let mut errors = FieldErrors::new();
        let sent = take(&mut errors, "version", self.version.simple(), version);
        changes::check_version(lead, errors.or(sent.flatten())?)
    }
}

/// The lead to change, held until the transaction ends: it is theirs, and is what the caller takes it for.
fn held(conn: &mut Conn, who: &Who, id: i64, lock: &Lock) -> Result<Lead> {
    let lead = store::hold(conn, id)?;
    Rights::of(who).must_touch(&lead)?;
    lock.check(&lead)?;
    Ok(lead)
}
