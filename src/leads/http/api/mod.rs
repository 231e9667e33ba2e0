//! The REST API under `/api/leads`. It uses the same functions and rules as the pages: a token has the rights of its
//! owner.

pub mod body;
pub mod handoff;
pub mod history;
pub mod history_body;
pub mod lead;
pub mod lead_actions;
pub mod lead_input;
pub mod list;
pub mod list_body;
pub mod list_request;
pub mod openapi;
pub mod schemas;
pub mod sources;

use crate::access::{ApiRequest, Principal};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::leads::store;
use crate::records::edit;
use crate::records::fields::Fields;
use crate::records::form_value::{FormValue, parse_field, parse_version};
use crate::web::Precondition;

/// Finds a lead; one in the bin is not found.
fn find_not_in_bin(conn: &mut Conn, id: i64) -> Result<Lead> {
    let lead = store::find(conn, id)?;
    match lead.is_in_bin() {
        true => Err(Error::NotFound),
        false => Ok(lead),
    }
}

/// The version that the caller expects: from `If-Match`, and from `version` in the body.
struct ExpectedVersion {
    if_match: Precondition,
    version: FormValue,
}

impl ExpectedVersion {
    fn read(request: &ApiRequest, fields: &Fields) -> ExpectedVersion {
        ExpectedVersion {
            if_match: Precondition::of(request.http()),
            version: FormValue::read(fields, "version"),
        }
    }

    /// # Errors
    /// [`Error::Precondition`], [`Error::StaleVersion`]; [`Error::Invalid`] at `version`.
    fn check(&self, lead: &Lead) -> Result<()> {
        self.if_match.check(lead.version)?;
        let mut errors = FieldErrors::new();
        let version = parse_field(&mut errors, "version", self.version.simple(), parse_version);
        edit::check_version(lead, errors.value_or_invalid(version.flatten())?)
    }
}

/// Locks a lead that the caller may edit, and checks its version.
fn lock_editable(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    lock: &ExpectedVersion,
) -> Result<Lead> {
    let lead = store::lock(conn, id)?;
    Rights::of(principal).require_edit(&lead)?;
    lock.check(&lead)?;
    Ok(lead)
}
