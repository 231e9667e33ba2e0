//! Inserts many leads with SQL: realistic statuses, owners, sources, ages and histories, distributed equally at
//! every size. The triggers are on, so counters and search include them.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::{Clock, DAY, Timestamp};
use lead_statuses::db::Conn;
use lead_statuses::i18n::Lang;
use lead_statuses::records::fields::Fields;
use lead_statuses::statuses;
use lead_statuses::statuses::StandardSet;
use lead_statuses::statuses::actions::import;

use super::server::{EMAIL, PASSWORD, command};

/// The sizes that are compared.
pub const SIZES: [u32; 2] = [10_000, 1_000_000];
/// How many people own leads, beside the one who signs in.
const OWNERS: u32 = 50;
/// The owner of the token.
const OWNER: &str = "owner@example.com";
/// A name that seven leads have, however many there are.
pub const RARE: &str = "Quillfeather";
/// A name that one lead in forty has.
pub const COMMON: &str = "Marinescu";

const FIRST: &str = "Ana Andrei Bianca Calin Carmen Cristina Dan Daria Diana Dragos Elena Emil Florin Gabriela George Horia \
    Ilinca Ion Irina Laura Liviu Lucia Marius Mihai Monica Nina Octavian Paula Petru Radu Raluca Roxana Sanda Sergiu Silvia \
    Sorin Stefan Teodora Tudor Vlad Alice Brian Charlotte Daniel Edith Frank Grace Henry Isabel James Kate Lewis Martha Noel \
    Olivia Peter Rose Simon Thomas Wendy";
const LAST: &str = "Albu Barbu Bratu Chirila Cojocaru Constantin Cozma Dobre Dragan Dumitru Enache Filip Florea Georgescu \
    Grigore Iliescu Lazar Lungu Manea Marinescu Matei Mocanu Munteanu Neagu Nistor Oprea Pavel Petrescu Rotaru Stoica \
    Barker Collins Dawson Foster Harding Kingsley Mercer Osborne Thornton Whitfield";
const BRAND: &str = "Alder Brook Carpat Cedar Dacia Delta Ember Falcon Granit Harbour Iris Jasper Kestrel Luna Meridian \
    Northwind Olt Prut Quartz Retezat Sable Timis Umbra Vega Willow Zenit";
const TRADE: &str = "Agro Bakeries Cargo Ceramics Dental Energy Foods Glass Hotels Interiors Labs Logistic Media Optics Paper \
    Pharma Print Robotics Software Steel Textile Tools Travel Wood";
/// How many of a hundred leads are where.
const SHARES: [(&str, u32); 10] = [
    ("new", 3),
    ("contacted", 5),
    ("qualified", 4),
    ("demo", 3),
    ("proposal", 4),
    ("negotiation", 2),
    ("nurture", 4),
    ("won", 22),
    ("lost", 47),
    ("not-a-lead", 6),
];

/// The directory of an SQLite database with so many leads, made now unless it is there and still the same.
pub fn dataset_dir(size: u32) -> PathBuf {
    let recipe = [
        include_str!("dataset.rs"),
        include_str!("../../migrations/sqlite/2026-11-24-080000_create_leads/up.sql"),
        include_str!("../../migrations/sqlite/2026-11-29-020000_cover_filters/up.sql"),
        include_str!("../../src/statuses/domain/sets/b2b.json"),
    ];
    let mut hasher = DefaultHasher::new();
    recipe.hash(&mut hasher);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("datasets");
    let dir = place.join(format!("{size}-{:016x}", hasher.finish()));
    if dir.join("token").exists() {
        return dir;
    }
    // Datasets of an older version of this file are deleted.
    for old in fs::read_dir(&place).into_iter().flatten().flatten() {
        if old
            .file_name()
            .to_string_lossy()
            .starts_with(&format!("{size}-"))
        {
            fs::remove_dir_all(old.path()).expect("an old dataset");
        }
    }
    fs::create_dir_all(&dir).expect("a directory");
    for (email, name, role) in [(EMAIL, "Bench", "manager"), (OWNER, "Owner", "admin")] {
        let user = [
            "user", "add", "--email", email, "--name", name, "--role", role,
        ];
        let user = user.into_iter().chain(["--password-stdin"]);
        command(&dir, &user.collect::<Vec<_>>(), PASSWORD);
    }
    let token = ["token", "add", "--owner", OWNER, "--name", "bench"];
    let token = token.into_iter().chain(["--scopes", "read,write,delete"]);
    let output = command(&dir, &token.collect::<Vec<_>>(), "");
    let begun = Instant::now();
    let file = dir.join("lead-statuses.db");
    let conn = SqliteConnection::establish(&file.display().to_string());
    let mut conn = Conn::Sqlite(conn.expect("a connection"));
    let now = Clock::shifted(0).now();
    replace_statuses(&mut conn, now);
    insert_leads(&mut conn, size, now);
    println!(
        "{size} leads made in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    fs::write(
        dir.join("token"),
        output.trim().lines().last().expect("a token"),
    )
    .expect("a token");
    dir
}

/// The statuses of a sales team in place of those of a fresh database, without rules about leads that enter: the leads
/// don't meet them, and refused moves are no moves.
pub fn replace_statuses(conn: &mut Conn, now: Timestamp) {
    let mut rows = StandardSet::B2b.rows(Lang::En).expect("a set");
    let kept = [
        "name",
        "slug",
        "kind",
        "color",
        "target_days",
        "limit_days",
        "isdefault",
        "isconverted",
    ];
    for row in &mut rows {
        let texts: Vec<_> = row
            .fields
            .texts()
            .filter(|(name, _)| kept.contains(name))
            .collect();
        row.fields = Fields::from_pairs(texts);
    }
    let actor = Actor::program(Channel::Setup, now);
    import::run(conn, &actor, &rows, import::UnlistedPolicy::Archive, None).expect("statuses");
}

/// Fills a database that has its statuses and at least one user with so many leads, in one transaction.
pub fn insert_leads(conn: &mut Conn, size: u32, now: Timestamp) {
    let (until, ready) = match conn {
        Conn::Sqlite(_) => (
            "pragma synchronous = off; pragma cache_size = -400000; begin immediate",
            "commit",
        ),
        Conn::Postgres(_) => (
            "begin; set local statement_timeout = 0; set local work_mem = '256MB'; set local maintenance_work_mem = '512MB'",
            "commit",
        ),
    };
    for statement in [
        until,
        &words(),
        &people(now),
        &shares(conn),
        &leads(size, now),
        &visits(),
        NOTES,
        ready,
    ] {
        conn.batch_execute(statement).expect("a dataset");
    }
}

fn words() -> String {
    let mut all =
        "create temp table words (kind text, at bigint, word text, primary key (kind, at));"
            .to_owned();
    for (kind, words) in [
        ("first", FIRST),
        ("last", LAST),
        ("brand", BRAND),
        ("trade", TRADE),
    ] {
        for (at, word) in words.split_whitespace().enumerate() {
            all.push_str(&format!(
                "insert into words values ('{kind}', {at}, '{word}');"
            ));
        }
    }
    all
}

fn people(now: Timestamp) -> String {
    format!(
        "insert into users (email, email_key, name, role, password_hash, search_key, created_at, updated_at)
         with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < {OWNERS})
         select 'rep' || i || '@example.com', 'rep' || i || '@example.com', 'Rep ' || i, 'rep', '-', 'rep ' || i, {0}, {0}
         from n;
         create temp table lead_owners (at bigint primary key, id bigint);
         insert into lead_owners select row_number() over (order by users.id) - 1, users.id from users where role = 'rep';",
        now.0
    )
}

/// For each hundredth the status and its limit; a year for a closed status.
fn shares(conn: &mut Conn) -> String {
    let all = statuses::list_all(conn).expect("statuses");
    let mut table = "create temp table shares (at bigint primary key, id bigint, is_open bigint, target bigint, days bigint);".to_owned();
    let mut at = 0;
    for (slug, share) in SHARES {
        let status = all
            .iter()
            .find(|status| status.slug.as_str() == slug)
            .expect("a status");
        let is_open = i32::from(status.kind == statuses::Kind::Open);
        let days = status.limit_days.map_or(365, statuses::Days::get);
        let target = status.target_days.map_or(days, statuses::Days::get);
        for _ in 0..share {
            table.push_str(&format!(
                "insert into shares values ({at}, {}, {is_open}, {target}, {days});",
                status.id
            ));
            at += 1;
        }
    }
    assert_eq!(at, 100, "a hundred hundredths");
    table
}

/// A pseudo-random number below `below`, different for each lead `i` and each use.
fn random(of: u64, below: &str) -> String {
    let factor = [
        2_654_435_761u64,
        1_597_334_677,
        3_812_015_801,
        2_246_822_519,
        3_266_489_917,
        668_265_263,
        374_761_393,
    ];
    let factor = factor[of as usize % factor.len()] - of * 977_231;
    format!(
        "((i * {factor} + {}) % 4294967291 / 16 % ({below}))",
        of * 40_503_001
    )
}

/// How long a lead has been where it is: four in ten below the target, three below the limit, three beyond.
fn age() -> String {
    format!(
        "(case when {tenth} < 4 then {a} when {tenth} < 7 or is_open = 0 then {b}
          when {c} < 12 then days * {day} + {d} else days * {day} + {e} end)",
        tenth = random(1, "10"),
        a = micros(2, "target"),
        b = micros(3, "days"),
        c = random(4, "13"),
        d = micros(5, "days * 3"),
        e = micros(6, "400"),
        day = DAY,
    )
}

/// Microseconds within this number of days.
fn micros(of: u64, days: &str) -> String {
    format!("({} * 1000003)", random(of, &format!("({days}) * 86399")))
}

/// The name, status, owner and ages of each lead.
fn lead_rows(size: u32, now: Timestamp) -> String {
    let (today, now) = (now.0 / DAY, now.0);
    let [first, last, brand, trade] = [FIRST, LAST, BRAND, TRADE].map(count);
    let (on_first, on_last) = (random(10, &first), random(11, &last));
    let (on_brand, on_trade) = (random(12, &brand), random(13, &trade));
    let (on_share, on_owner, owns) = (random(14, "100"), random(15, "50"), random(16, "25"));
    let (phone, form, value) = (random(17, "900000"), random(18, "3"), random(20, "5000000"));
    let (has_value, sleeps, wakes) = (random(21, "5"), random(23, "40"), random(24, "20"));
    let (bin, before, age, step) = (random(25, "100"), micros(26, "120"), age(), size / 7);
    format!(
        "with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < {size}),
         lead_rows as (
            select i, f.word as first, case when i % {step} = 0 then '{RARE}' else l.word end as last,
                b.word || ' ' || t.word || case {form} when 0 then ' SRL' when 1 then ' SA' else ' Ltd' end as company,
                '+40 7' || (100000 + {phone} / 9) as phone, s.id as status,
                case when {owns} > 0 then o.id end as owner, {now} - {age} as since,
                {now} - {age} - case when s.at < 3 then 0 else {before} end as made,
                case when {has_value} > 0 then {value} end as cents,
                case when s.is_open = 1 and {sleeps} = 0 then ({today} + 1 + {wakes}) * {DAY} end as paused,
                case when {bin} = 0 then {now} - {before} / 12 end as binned
            from n
            join words f on f.kind = 'first' and f.at = {on_first}
            join words l on l.kind = 'last' and l.at = {on_last}
            join words b on b.kind = 'brand' and b.at = {on_brand}
            join words t on t.kind = 'trade' and t.at = {on_trade}
            join shares s on s.at = {on_share}
            join lead_owners o on o.at = {on_owner}
         )"
    )
}

/// Inserts the leads in the order of their creation.
fn leads(size: u32, now: Timestamp) -> String {
    let (lead_rows, now) = (lead_rows(size, now), now.0);
    let (source, currency) = (random(19, "6"), random(22, "20"));
    format!(
        "insert into leads (external_ref, name, name_key, company, email, phone, source, owner_id, value_cents, value_key, currency,
            status_id, status_since, clock_from, paused_until, resumes_on, pause_reason, last_note, last_note_at, last_activity_at, search_key,
            deleted_at, created_at, created_by, updated_at, updated_by)
         {lead_rows}
         select 'C-' || i, first || ' ' || last, lower(first || ' ' || last), company, lower(first || '.' || last) || i || '@example.com',
            phone, case {source} when 0 then 'Website' when 1 then 'Referral' when 2 then 'Trade fair' when 3 then 'Cold call'
                when 4 then 'Partner' else 'LinkedIn' end,
            owner, cents, coalesce(cents, -1), case when {currency} < 16 then 'EUR' when {currency} < 19 then 'RON' else 'USD' end,
            status, since, since + coalesce(paused - {now}, 0), paused, paused / {DAY}, case when paused is null then '' else 'Asked for time' end,
            case when i % 4 = 0 then 'Called; will call back' else '' end, case when i % 4 = 0 then since end, since,
            lower(first || ' ' || last || '\n' || company || '\n' || first || '.' || last) || i || '@example.com\nc-' || i
                || '\n' || phone || '\n' || replace(replace(phone, '+', ''), ' ', '') || '\n\n',
            binned, made, 'Import', since, 'Import'
         from lead_rows order by made;
         insert into lead_sources (source_key, source) select lower(source), source from leads group by source;"
    )
}

fn count(words: &str) -> String {
    words.split_whitespace().count().to_string()
}

/// Each lead began as a new one, and most were spoken to before they came to where they are.
fn visits() -> String {
    let (start, second) = (
        "(select id from shares where at = 0)",
        "(select id from shares where at = 3)",
    );
    let head = "insert into visits (lead_id, status_id, entered_at, left_at, next_status_id, clock_from, via, actor, recorded_at)";
    format!(
        "{head} select id, {start}, created_at, created_at + (status_since - created_at) / 3, {second}, created_at, 'import', 'Import', created_at
         from leads where status_id not in ({start}, {second}) order by leads.id;
         {head} select id, {start}, created_at, status_since, {second}, created_at, 'import', 'Import', created_at
         from leads where status_id = {second} order by leads.id;
         {head} select id, {second}, created_at + (status_since - created_at) / 3, status_since, status_id,
            created_at + (status_since - created_at) / 3, 'ui', 'Rep 1', status_since
         from leads where status_id not in ({start}, {second}) order by leads.id;
         {head} select id, status_id, status_since, null, null, null, 'ui', 'Rep 2', status_since from leads order by leads.id;"
    )
}

const NOTES: &str = "insert into lead_notes (lead_id, body, actor, created_at)
    select id, last_note, 'Rep 3', last_note_at from leads where last_note <> '' order by leads.id;";
