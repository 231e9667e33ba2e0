//! Counts the leads that meet the rules of their status, and the moves that rules judged.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::schema::{lead_sources, visits};
use crate::db::{Backend, Conn};
use crate::error::Result;
use crate::leads::source_key;
use crate::statuses::{EntryRule, FieldTest, RuleField, RuleTest};

/// The condition of a rule on the leads `l` with their present visits `v`.
#[derive(Debug, Clone)]
pub struct RuleCondition {
    sql: String,
    /// The texts that it is bound to, `?` in the SQL.
    texts: Vec<String>,
}

/// The condition of a rule. Sources are written as they were the first time, so that they compare exactly.
pub fn condition(conn: &mut Conn, rule: &EntryRule) -> Result<RuleCondition> {
    let mut texts = Vec::new();
    let answer = |column: &str| format!("coalesce(v.{column}, '') like '%\"rule\":{},%'", rule.id);
    let sql = match &rule.test {
        RuleTest::Confirm => answer("confirmed"),
        RuleTest::Evidence => answer("evidence"),
        RuleTest::Field(FieldTest::Set(field)) => match field {
            RuleField::Company => "l.company <> ''",
            RuleField::Email => "l.email <> ''",
            RuleField::Phone => "l.phone <> ''",
            RuleField::Source => "l.source <> ''",
            RuleField::Owner => "l.owner_id is not null",
            RuleField::Value => "l.value_cents is not null",
        }
        .to_owned(),
        RuleTest::Field(FieldTest::ValueAtLeast(least)) => {
            let (cents, currency) = (least.cents, least.currency.code());
            format!("coalesce(l.value_cents, -1) >= {cents} and l.currency = '{currency}'")
        }
        RuleTest::Field(FieldTest::SourceOneOf(sources)) => {
            let keys: Vec<String> = sources.iter().map(|source| source_key(source)).collect();
            texts = lead_sources::table
                .filter(lead_sources::source_key.eq_any(keys))
                .select(lead_sources::source)
                .load(conn)?;
            let marks = vec!["?"; texts.len()].join(", ");
            match texts.is_empty() {
                true => "1 = 0".to_owned(),
                false => format!("l.source in ({marks})"),
            }
        }
    };
    Ok(RuleCondition { sql, texts })
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct FailingRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    /// `1` or `0` for each condition.
    #[diesel(sql_type = Text)]
    met: String,
}

/// The leads of a status, joined with their present visits.
const LEADS: &str = "from leads l join visits v on v.lead_id = l.id and v.left_at is null \
                     where l.deleted_at is null and l.status_id = ";

/// A query with its texts numbered and bound.
macro_rules! bound {
    ($sql:expr, $texts:expr) => {{
        let (mut sql, mut number) = (String::new(), 0);
        for piece in $sql.split('?') {
            if number > 0 {
                sql.push_str(&format!("${number}"));
            }
            sql.push_str(piece);
            number += 1;
        }
        let mut query = diesel::sql_query(sql).into_boxed::<Backend>();
        for text in $texts {
            query = query.bind::<Text, _>(text);
        }
        query
    }};
}

/// How many leads of a status meet all of these conditions.
pub fn count_meeting(conn: &mut Conn, status: i64, all: &[&RuleCondition]) -> Result<i64> {
    let mut sql = format!("select count(*) as count {LEADS}{status}");
    for condition in all {
        sql.push_str(&format!(" and ({})", condition.sql));
    }
    let texts = all.iter().flat_map(|condition| condition.texts.clone());
    let rows: Vec<CountRow> = bound!(sql, texts).load(conn)?;
    Ok(rows.first().map_or(0, |row| row.count))
}

/// The first leads of a status, by id, that don't meet all of these conditions: id, name, and which they meet.
pub fn failing(
    conn: &mut Conn,
    status: i64,
    all: &[RuleCondition],
    limit: i64,
) -> Result<Vec<(i64, String, Vec<bool>)>> {
    let met = all
        .iter()
        .map(|condition| format!("case when {} then '1' else '0' end", condition.sql));
    let met = met.collect::<Vec<_>>().join(" || ");
    let all_met = all.iter().map(|condition| format!("({})", condition.sql));
    let all_met = all_met.collect::<Vec<_>>().join(" and ");
    let sql = format!(
        "select l.id as id, l.name as name, {met} as met {LEADS}{status} and not ({all_met}) order by l.id limit {limit}"
    );
    let texts = all.iter().flat_map(|condition| condition.texts.clone());
    let texts: Vec<String> = texts.clone().chain(texts).collect();
    let rows: Vec<FailingRow> = bound!(sql, texts).load(conn)?;
    let row = |row: FailingRow| {
        let met = row.met.chars().map(|met| met == '1');
        (row.id, row.name, met.collect())
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Moves into statuses: those of one status, version of its definition and kind of channel.
#[derive(Debug, Clone, Queryable)]
pub struct MoveCount {
    pub status: i64,
    pub version: i32,
    pub is_import: bool,
    pub moves: i64,
}

/// The channels whose moves no rule is asked about.
const UNJUDGED: [Channel; 2] = [Channel::Replace, Channel::Handoff];

/// Moves into statuses in a period that were judged.
pub fn count_moves(conn: &mut Conn, from: Timestamp, to: Timestamp) -> Result<Vec<MoveCount>> {
    let rows: Vec<(i64, Option<i32>, String, i64)> = visits::table
        .filter(visits::entered_at.ge(from))
        .filter(visits::entered_at.lt(to))
        .filter(visits::definition_version.is_not_null())
        .filter(visits::voided_at.is_null())
        .filter(visits::via.ne_all(UNJUDGED.map(Channel::as_str)))
        .group_by((visits::status_id, visits::definition_version, visits::via))
        .select((
            visits::status_id,
            visits::definition_version,
            visits::via,
            diesel::dsl::count_star(),
        ))
        .load(conn)?;
    let count = |(status, version, via, moves): (i64, Option<i32>, String, i64)| {
        Some(MoveCount {
            status,
            version: version?,
            is_import: via == Channel::Import.as_str(),
            moves,
        })
    };
    Ok(rows.into_iter().filter_map(count).collect())
}

/// The rules that were not met by moves in a period that were overridden: the status and the JSON of the rules.
pub fn overridden(conn: &mut Conn, from: Timestamp, to: Timestamp) -> Result<Vec<(i64, String)>> {
    let rows: Vec<(i64, Option<String>)> = visits::table
        .filter(visits::entered_at.ge(from))
        .filter(visits::entered_at.lt(to))
        .filter(visits::override_reason.is_not_null())
        .filter(visits::voided_at.is_null())
        .select((visits::status_id, visits::unmet))
        .load(conn)?;
    let unmet = rows.into_iter();
    Ok(unmet
        .filter_map(|(status, unmet)| Some((status, unmet?)))
        .collect())
}
