//! The names of extra fields that leads have or had.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::schema::lead_extra_names;
use crate::db::{Conn, on_either};
use crate::error::Result;
use crate::leads::domain::extra::ExtraFields;

/// All names, in order.
pub fn list(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(lead_extra_names::table
        .order(lead_extra_names::name)
        .select(lead_extra_names::name)
        .load(conn)?)
}

/// Adds the names of these fields, in one order, so that transactions that write the same ones wait for each other.
pub fn add<'a>(conn: &mut Conn, fields: impl Iterator<Item = &'a ExtraFields>) -> Result<()> {
    let names: BTreeSet<&str> = fields.flat_map(ExtraFields::names).collect();
    for name in names {
        on_either!(conn, conn => diesel::insert_into(lead_extra_names::table)
            .values(lead_extra_names::name.eq(name))
            .on_conflict_do_nothing()
            .execute(conn)?);
    }
    Ok(())
}
