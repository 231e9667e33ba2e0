//! The integrity rules over all leads and visits, each as one query over the tables.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::db::schema::leads;
use crate::db::{Conn, columns_of};
use crate::error::Result;
use crate::leads::domain::lead::Lead;
use crate::leads::store::row::LeadRow;

/// Ids that a sentence lists; the rest is counted.
const MAX_IDS: usize = 5;

/// The leads that break one rule: the first ids, and their number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Violations {
    pub ids: Vec<i64>,
    pub count: i64,
}

impl Violations {
    pub fn add(&mut self, id: i64) {
        self.count += 1;
        if self.ids.len() < MAX_IDS {
            self.ids.push(id);
        }
    }

    /// A sentence that begins with the name of the rule; nothing if the rule holds.
    pub fn sentence(&self, rule: &str) -> Option<String> {
        let ids: Vec<String> = self.ids.iter().map(i64::to_string).collect();
        let more = match self.count > ids.len() as i64 {
            true => ", …",
            false => "",
        };
        (self.count > 0).then(|| format!("{rule}: {} ({}{more}).", self.count, ids.join(", ")))
    }
}

/// A table that counts leads by status and other keys.
pub struct Counter {
    /// What it counts, and the period of one of its rows, for a sentence.
    pub subject: &'static str,
    pub period: &'static str,
    table: &'static str,
    /// The other keys, and their values for a lead.
    keys: &'static [(&'static str, &'static str)],
    /// The leads that it counts.
    condition: &'static str,
}

/// The end of the pause in quarters of an hour: the counters' column, and the value for a lead.
const WAKE_QUARTER: (&str, &str) = ("wake_quarter", "coalesce(paused_until / 900000000, 0)");

/// The counters of leads that are not deleted.
pub const COUNTERS: [Counter; 4] = [
    Counter {
        subject: "ages of the leads",
        period: "on some day",
        table: "lead_ages",
        keys: &[("since_day", "status_since / 86400000000")],
        condition: "deleted_at is null",
    },
    Counter {
        subject: "clocks of the leads",
        period: "on some day",
        table: "lead_clocks",
        keys: &[("clock_day", "clock_from / 86400000000"), WAKE_QUARTER],
        condition: "deleted_at is null",
    },
    Counter {
        subject: "paused leads",
        period: "in some quarter of an hour",
        table: "lead_sleeps",
        keys: &[("wake_quarter", "paused_until / 900000000")],
        condition: "deleted_at is null and paused_until is not null",
    },
    Counter {
        subject: "clocks of the leads",
        period: "in some hour",
        table: "lead_hours",
        keys: &[("clock_hour", "clock_from / 3600000000"), WAKE_QUARTER],
        condition: "deleted_at is null",
    },
];

/// A rule, and the query for the ids that break it.
pub struct Rule {
    pub name: &'static str,
    pub query: &'static str,
}

/// A table of rules: name and query.
macro_rules! rules {
    ($($name:literal, $query:literal;)+) => {
        &[$(Rule { name: $name, query: $query }),+]
    };
}

/// The rules that one query can check.
pub const RULES: &[Rule] = rules! {
    "Leads without an open visit",
        "select id from leads where not exists \
         (select 1 from visits where lead_id = leads.id and left_at is null)";
    "Leads with several open visits",
        "select lead_id as id from visits where left_at is null group by lead_id having count(*) > 1";
    "Leads that are not where their open visit is",
        "select leads.id from leads join visits on visits.lead_id = leads.id and left_at is null \
         where visits.status_id <> leads.status_id or visits.entered_at <> leads.status_since";
    "Leads in a status that does not exist",
        "select id from leads where not exists (select 1 from lead_statuses where id = leads.status_id)";
    "Leads in an archived status",
        "select leads.id from leads join lead_statuses on lead_statuses.id = status_id where is_archived";
    "Leads of an owner who does not exist",
        "select id from leads where owner_id is not null \
         and not exists (select 1 from users where id = leads.owner_id)";
    "Leads whose source is not written as it was the first time",
        "select id from leads where source <> '' \
         and not exists (select 1 from lead_sources where lead_sources.source = leads.source)";
    "Leads whose clock begins before they came",
        "select id from leads where clock_from < status_since";
    // Days begin up to 14 hours before those in UTC, and up to 13 after.
    "Leads whose pause doesn't end where its day begins",
        "select id from leads where (resumes_on is null) <> (paused_until is null) \
         or paused_until - resumes_on * 86400000000 not between -50400000000 and 46800000000";
    // Replacing a status keeps the age of a lead: its new visit begins where the last one did.
    "Leads whose visits have a gap or an overlap",
        "select distinct lead_id as id from ( \
         select lead_id, entered_at, left_at, next_status_id, \
         lead(entered_at) over steps as next_at, lead(status_id) over steps as next_id, \
         lead(via) over steps as next_via \
         from visits where voided_at is null window steps as (partition by lead_id order by id) \
         ) as chain where (next_at is null and left_at is not null) or (next_at is not null and ( \
         left_at is null or next_status_id is null or next_status_id <> next_id or (left_at <> next_at \
         and not (next_via = 'replace' and next_at = entered_at and left_at >= next_at))))";
    "Visits of a lead that does not exist",
        "select id from visits where not exists (select 1 from leads where id = visits.lead_id)";
    "Visits to a status that neither exists nor was deleted",
        "select id from visits \
         where not exists (select 1 from lead_statuses where id = visits.status_id) \
         and not exists (select 1 from deleted_lead_statuses where id = visits.status_id)";
    "Visits that are voided and still open",
        "select id from visits where voided_at is not null and left_at is null";
    "Visits that end before they begin",
        "select id from visits where left_at < entered_at";
    "Leads with an open offer that does not belong to their present visit",
        "select handoffs.lead_id as id from handoffs where outcome is null and not exists \
         (select 1 from visits where id = visit_id and visits.lead_id = handoffs.lead_id \
         and visits.status_id = handoffs.status_id and left_at is null and voided_at is null)";
    "Leads that do not say when their open offer is due",
        "select leads.id from leads left join handoffs on lead_id = leads.id and outcome is null \
         where coalesce(leads.offer_due_at, 0) <> coalesce(handoffs.due_at, 0)";
    "Offers to a user who is disabled or only reads",
        "select handoffs.id from handoffs join users on users.id = to_user_id \
         where outcome is null and (disabled_at is not null or role = 'viewer')";
    "Statuses that are in use and deleted at once",
        "select id from deleted_lead_statuses where exists \
         (select 1 from lead_statuses where id = deleted_lead_statuses.id)";
    "Statuses that are being replaced and are not in use",
        "select from_id as id from replacements where finished_at is null and not exists \
         (select 1 from lead_statuses where id = from_id and not is_archived)";
    "Statuses that are being replaced by one that is not in use",
        "select from_id as id from replacements where finished_at is null and not exists \
         (select 1 from lead_statuses where id = to_id and not is_archived)";
};

/// The number of leads, with deleted ones.
pub fn count_all(conn: &mut Conn) -> Result<i64> {
    Ok(leads::table.count().get_result(conn)?)
}

/// The violations that a query finds.
pub fn find_violations(conn: &mut Conn, query: &str) -> Result<Violations> {
    let first = format!(
        "select cast(id as bigint) as id, cast(count(*) over () as bigint) as total \
         from ({query}) as broken order by id limit 5"
    );
    let rows: Vec<(i64, i64)> = sql::<(BigInt, BigInt)>(&first).load(conn)?;
    Ok(Violations {
        count: rows.first().map_or(0, |(_, total)| *total),
        ids: rows.into_iter().map(|(id, _)| id).collect(),
    })
}

/// The statuses whose totals differ from counting: what they have too much in leads and in minor units.
pub fn miscounted_totals(conn: &mut Conn) -> Result<Vec<(i64, i64, i64)>> {
    let query = "select status_id, cast(sum(leads) as bigint) as leads, cast(sum(cents) as bigint) as cents from ( \
         select status_id, currency, is_deleted, leads, value_cents as cents from lead_totals \
         union all \
         select status_id, currency, deleted_at is not null, -count(*), -sum(coalesce(value_cents, 0)) \
         from leads group by 1, 2, 3 \
         ) as both_sides group by status_id, currency, is_deleted having sum(leads) <> 0 or sum(cents) <> 0 \
         order by status_id limit 20";
    Ok(sql::<(BigInt, BigInt, BigInt)>(query).load(conn)?)
}

/// The statuses for which a counter differs from counting, and how many leads it has too many.
pub fn miscounted(conn: &mut Conn, counter: &Counter) -> Result<Vec<(i64, i64)>> {
    let (names, values): (Vec<&str>, Vec<&str>) = counter.keys.iter().copied().unzip();
    let (names, values) = (names.join(", "), values.join(", "));
    let query = format!(
        "select status_id, cast(sum(leads) as bigint) as leads from ( \
         select status_id, {names}, leads from {table} \
         union all \
         select status_id, {values}, -count(*) from leads where {condition} group by status_id, {values} \
         ) as both_sides group by status_id, {names} having sum(leads) <> 0 \
         order by status_id limit 20",
        table = counter.table,
        condition = counter.condition,
    );
    Ok(sql::<(BigInt, BigInt)>(&query).load(conn)?)
}

/// The next leads after an id, with the texts they are sorted and searched by.
pub fn search_texts(
    conn: &mut Conn,
    after: i64,
    limit: i64,
) -> Result<Vec<(Lead, String, String)>> {
    let rows: Vec<(LeadRow, String, String)> = leads::table
        .filter(leads::id.gt(after))
        .order(leads::id)
        .select((columns_of::<LeadRow>(), leads::name_key, leads::search_key))
        .limit(limit)
        .load(conn)?;
    let lead_and_texts = |(row, name_key, search_key): (LeadRow, String, String)| {
        (Lead::from(row), name_key, search_key)
    };
    Ok(rows.into_iter().map(lead_and_texts).collect())
}

/// Leads that the search index lacks, has with another text, or has though they are gone. On SQLite lengths are compared:
/// its own check would block writers; this one only reads: a row of `lead_search_docsize` has the number of trigrams of a
/// lead, in seven bits a byte.
pub fn search_index_violations(conn: &mut Conn) -> Result<Violations> {
    if let Conn::Postgres(_) = conn {
        let query = "select coalesce(leads.id, lead_id) as id from leads full join lead_search on lead_id = leads.id \
             where lead_search.search_key is distinct from leads.search_key";
        return find_violations(conn, query);
    }
    let byte = |index: u8| {
        let digit = |index: u8| format!("instr('123456789ABCDEF', substr(hex(sz), {index}, 1))");
        format!("(16 * {} + {})", digit(2 * index - 1), digit(2 * index))
    };
    let (first, second, third) = (byte(1), byte(2), byte(3));
    let query = format!(
        "select leads.id from leads left join lead_search_docsize as held on held.id = leads.id \
         where sz is null or max(length(search_key) - 2, 0) <> \
         case length(sz) when 1 then {first} when 2 then ({first} - 128) * 128 + {second} \
         else (({first} - 128) * 128 + {second} - 128) * 128 + {third} end \
         union all select id from lead_search_docsize where not exists \
         (select 1 from leads where leads.id = lead_search_docsize.id)"
    );
    find_violations(conn, &query)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn the_keys_of_counters_are_counted_in_the_units_of_the_clock() {
        let units = [
            ("day", clock::DAY),
            ("hour", clock::HOUR),
            ("quarter", clock::QUARTER),
        ];
        for (key, value) in COUNTERS.iter().flat_map(|counter| counter.keys) {
            let unit = units
                .iter()
                .find(|(unit, _)| key.ends_with(unit))
                .unwrap()
                .1;
            assert!(value.contains(&format!("/ {unit}")), "{key}: {value}");
        }
    }

    #[test]
    fn a_few_are_named_and_the_rest_is_counted() {
        let mut broken = Violations::default();
        assert_eq!(broken.sentence("Leads that are lost"), None);
        (7..14).for_each(|id| broken.add(id));
        assert_eq!(
            broken.sentence("Leads that are lost").unwrap(),
            "Leads that are lost: 7 (7, 8, 9, 10, 11, …)."
        );
    }
}
