//! A part of an index of leads, to be read by that index.

use crate::db::{Conn, SqlText};

/// A part of an index that holds all leads that some of the filters leave.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndexRange {
    /// Nothing if the leads are found by their ids.
    pub index: Option<&'static str>,
    /// The conditions of its parts: each lead meets one of them.
    pub parts: Vec<SqlText>,
}

impl IndexRange {
    /// The leads with the ids that a condition has.
    pub fn by_id(condition: SqlText) -> IndexRange {
        IndexRange {
            index: None,
            parts: vec![condition],
        }
    }

    /// `columns` of the leads in this range for which `condition` holds. Of several bounds of a column SQLite seeks by the
    /// one that is named first, so that a cursor in the condition is nearer than the bounds of the range.
    pub fn select(&self, conn: &Conn, columns: &str, condition: &SqlText) -> SqlText {
        let select = |part: &SqlText| {
            SqlText::new(format!(
                "select {columns} from {} where ",
                source(conn, self.index)
            ))
            .then(condition.clone())
            .sql(" and ")
            .then(part.clone())
        };
        SqlText::join(self.parts.iter().map(select), " union all ")
    }

    /// What precedes the terms of an order that the index has among leads of one owner. PostgreSQL finds the order of
    /// leads without an owner only if it sorts by that column too.
    pub fn order_prefix(&self, conn: &Conn, direction: &str) -> String {
        match (conn, self.index) {
            (Conn::Postgres(_), Some("leads_owner_created_at")) => format!("owner_id{direction}, "),
            (Conn::Postgres(_), Some("leads_owner_clock_from")) => {
                format!("owner_id{direction}, status_id{direction}, ")
            }
            _ => String::new(),
        }
    }
}

/// The table, to be read by one index, or by id. PostgreSQL chooses itself.
fn source(conn: &Conn, index: Option<&str>) -> String {
    match (conn, index) {
        (Conn::Sqlite(_), Some(index)) => format!("leads indexed by {index}"),
        (Conn::Sqlite(_), None) => "leads not indexed".to_owned(),
        (Conn::Postgres(_), _) => "leads".to_owned(),
    }
}

/// The table and the condition that the id is one of these, for a query that begins with `select … from`. Neither database
/// uses another index: PostgreSQL, which would look each id up in it, sees the limits of a query of its own.
pub fn leads_with_ids(conn: &Conn, ids: &[i64]) -> SqlText {
    let list: Vec<String> = ids.iter().map(i64::to_string).collect();
    let list = list.join(",");
    match conn {
        Conn::Sqlite(_) => {
            SqlText::new("leads not indexed where id in (select value from json_each(")
                .text(format!("[{list}]"))
                .sql("))")
        }
        Conn::Postgres(_) => SqlText::new("(select * from leads where id = any(cast(")
            .text(format!("{{{list}}}"))
            .sql(" as bigint[])) offset 0) as leads where 1 = 1"),
    }
}
