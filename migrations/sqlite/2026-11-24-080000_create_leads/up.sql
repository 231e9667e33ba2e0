-- What is left of a status that was deleted: history keeps its visits under this name.
create table deleted_lead_statuses (
    id bigint primary key not null,
    name text not null,
    color text not null,
    kind text not null,
    deleted_at bigint not null
);

-- Statuses that were replaced by another one, and those that are being: with many leads that takes a while, and whoever
-- serves this database goes on where another has stopped.
create table replacements (
    id integer primary key autoincrement not null,
    from_id bigint not null,
    to_id bigint not null,
    act text not null,
    is_age_restarted boolean not null,
    user_id bigint,
    token_id bigint,
    actor text not null,
    door text not null,
    request_id text not null,
    batch_id bigint not null,
    total bigint not null,
    moved bigint not null,
    started_at bigint not null,
    finished_at bigint,
    constraint replacements_act_check check (act in ('archive', 'delete')),
    constraint replacements_to_id_check check (to_id <> from_id)
);
create unique index replacements_from_id_key on replacements (from_id) where finished_at is null;
create index replacements_batch_id on replacements (batch_id);

create table leads (
    id integer primary key autoincrement not null,
    external_ref text,
    name text not null,
    name_key text not null,
    company text not null default '',
    email text not null default '',
    phone text not null default '',
    source text not null default '',
    owner_id bigint,
    value_cents bigint,
    -- What lists sort by: an unknown value stands before 0.
    value_key bigint not null,
    currency text not null,
    status_id bigint not null,
    status_since bigint not null,
    -- The instant from which target and limit count: status_since and the time paused since then.
    clock_from bigint not null,
    paused_until bigint,
    pause_reason text not null default '',
    last_note text not null default '',
    last_note_at bigint,
    last_activity_at bigint not null,
    search_key text not null,
    deleted_at bigint,
    version integer not null default 1,
    created_at bigint not null,
    created_by text not null,
    updated_at bigint not null,
    updated_by text not null,
    constraint leads_name_check check (length(name) between 1 and 200),
    constraint leads_currency_check check (currency glob '[A-Z][A-Z][A-Z]'),
    constraint leads_value_cents_check check (value_cents >= 0),
    constraint leads_value_key_check check (value_key = coalesce(value_cents, -1)),
    constraint leads_clock_from_check check (status_since >= 0 and clock_from >= status_since),
    -- Pauses end at the first moment of a day, in UTC.
    constraint leads_paused_until_check check (paused_until % 86400000000 = 0),
    constraint leads_owner_id_fkey foreign key (owner_id) references users (id),
    constraint leads_status_id_fkey foreign key (status_id) references lead_statuses (id)
);
create unique index leads_external_ref_key on leads (external_ref) where external_ref is not null;
-- The orders of lists hold what filters ask for, so that a walk along them need not look at each lead.
create index leads_created_at on leads (created_at, id, status_id, owner_id, clock_from, paused_until, source) where deleted_at is null;
create index leads_updated_at on leads (updated_at, id, status_id, owner_id, clock_from, paused_until, source) where deleted_at is null;
create index leads_name_key on leads (name_key, id, status_id, owner_id, clock_from, paused_until, source) where deleted_at is null;
create index leads_value_key on leads (value_key, id, status_id, owner_id, clock_from, paused_until, source) where deleted_at is null;
create index leads_status_since on leads (status_since, id, status_id, owner_id, clock_from, paused_until, source) where deleted_at is null;
create index leads_status_created_at on leads (status_id, created_at, id, clock_from, paused_until) where deleted_at is null;
-- Those that are older in their status than in the database.
create index leads_made_late on leads (status_id, created_at, id, clock_from, paused_until) where created_at > clock_from and deleted_at is null;
create index leads_status_clock_from on leads (status_id, clock_from, id, paused_until) where deleted_at is null;
create index leads_status_status_since on leads (status_id, status_since, id, clock_from, paused_until) where deleted_at is null;
create index leads_owner_created_at on leads (owner_id, created_at, id, status_id, clock_from, paused_until) where deleted_at is null;
create index leads_owner_clock_from on leads (owner_id, status_id, clock_from, id, paused_until) where deleted_at is null;
create index leads_source_created_at on leads (source, created_at, id, status_id, clock_from, paused_until) where deleted_at is null;
create index leads_paused_until on leads (paused_until, id) where paused_until is not null and deleted_at is null;
create index leads_bin on leads (created_at, id) where deleted_at is not null;
-- What a foreign key looks for when a status is deleted, those in the bin too; and what stands behind a sum.
create index leads_status_currency on leads (status_id, currency, value_key, id, deleted_at);

-- One stay of one lead in one status. The status may be deleted since, so no foreign key holds it; `check` does.
create table visits (
    id integer primary key autoincrement not null,
    lead_id bigint not null,
    status_id bigint not null,
    entered_at bigint not null,
    left_at bigint,
    next_status_id bigint,
    -- Where the clock against target and limit stood when the lead left, in case the next move is voided.
    clock_from bigint,
    via text not null,
    actor text not null,
    actor_id bigint,
    reason text not null default '',
    note text not null default '',
    recorded_at bigint not null,
    voided_at bigint,
    voided_by text,
    constraint visits_via_check check (via in ('ui', 'board', 'bulk', 'import', 'api', 'replace', 'undo')),
    constraint visits_entered_at_check check (entered_at >= 0),
    constraint visits_left_at_check check (left_at >= entered_at),
    constraint visits_voided_at_check check (voided_at is null or left_at is not null),
    constraint visits_lead_id_fkey foreign key (lead_id) references leads (id) on delete cascade
);
-- Exactly one open visit for each lead: at most one is held here, at least one by the code and by `check`.
create unique index visits_open_key on visits (lead_id) where left_at is null;
create index visits_lead_id on visits (lead_id, id);

create table lead_notes (
    id integer primary key autoincrement not null,
    lead_id bigint not null,
    body text not null,
    actor text not null,
    actor_id bigint,
    created_at bigint not null,
    constraint lead_notes_body_check check (length(body) between 1 and 2000),
    constraint lead_notes_lead_id_fkey foreign key (lead_id) references leads (id) on delete cascade
);
create index lead_notes_lead_id on lead_notes (lead_id, id);

-- Counters, kept by triggers in the transaction of each change. `shard` spreads them where writers are many.
create table lead_totals (
    status_id bigint not null,
    currency text not null,
    is_deleted boolean not null,
    shard integer not null,
    leads bigint not null,
    value_cents bigint not null,
    primary key (status_id, currency, is_deleted, shard)
) without rowid;
-- Leads by the day (since 1970, UTC) on which they entered.
create table lead_ages (
    status_id bigint not null,
    since_day integer not null,
    shard integer not null,
    leads bigint not null,
    primary key (status_id, since_day, shard)
) without rowid;
-- The same by the day from which their clock counts and, where they were paused, on which they resurface (0 if never).
create table lead_clocks (
    status_id bigint not null,
    clock_day integer not null,
    wake_day integer not null,
    shard integer not null,
    leads bigint not null,
    primary key (status_id, clock_day, wake_day, shard)
) without rowid;
-- Those that were paused by the day on which they resurface alone.
create table lead_sleeps (
    status_id bigint not null,
    wake_day integer not null,
    shard integer not null,
    leads bigint not null,
    primary key (status_id, wake_day, shard)
) without rowid;
-- And by the hour from which their clock counts: a limit falls into the middle of a day, and of the leads of that
-- day only those of one hour must be looked at.
create table lead_hours (
    status_id bigint not null,
    clock_hour integer not null,
    wake_day integer not null,
    shard integer not null,
    leads bigint not null,
    primary key (status_id, clock_hour, wake_day, shard)
) without rowid;

create trigger leads_are_counted_in after insert on leads
begin
    insert into lead_totals (status_id, currency, is_deleted, shard, leads, value_cents)
    values (new.status_id, new.currency, new.deleted_at is not null, 0, 1, coalesce(new.value_cents, 0))
    on conflict do update set leads = leads + 1, value_cents = value_cents + excluded.value_cents;
    insert into lead_ages (status_id, since_day, shard, leads)
    select new.status_id, new.status_since / 86400000000, 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    insert into lead_clocks (status_id, clock_day, wake_day, shard, leads)
    select new.status_id, new.clock_from / 86400000000, coalesce(new.paused_until / 86400000000, 0), 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    insert into lead_sleeps (status_id, wake_day, shard, leads)
    select new.status_id, new.paused_until / 86400000000, 0, 1
    where new.deleted_at is null and new.paused_until is not null
    on conflict do update set leads = leads + 1;
    insert into lead_hours (status_id, clock_hour, wake_day, shard, leads)
    select new.status_id, new.clock_from / 3600000000, coalesce(new.paused_until / 86400000000, 0), 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
end;
create trigger leads_are_counted_out after delete on leads
begin
    update lead_totals set leads = leads - 1, value_cents = value_cents - coalesce(old.value_cents, 0)
    where status_id = old.status_id and currency = old.currency and is_deleted = (old.deleted_at is not null);
    update lead_ages set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and since_day = old.status_since / 86400000000;
    update lead_clocks set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and clock_day = old.clock_from / 86400000000
        and wake_day = coalesce(old.paused_until / 86400000000, 0);
    update lead_sleeps set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and wake_day = old.paused_until / 86400000000;
    update lead_hours set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and clock_hour = old.clock_from / 3600000000
        and wake_day = coalesce(old.paused_until / 86400000000, 0);
    delete from lead_ages
    where status_id = old.status_id and since_day = old.status_since / 86400000000 and leads = 0;
    delete from lead_clocks
    where status_id = old.status_id and clock_day = old.clock_from / 86400000000
        and wake_day = coalesce(old.paused_until / 86400000000, 0) and leads = 0;
    delete from lead_sleeps
    where status_id = old.status_id and wake_day = old.paused_until / 86400000000 and leads = 0;
    delete from lead_hours
    where status_id = old.status_id and clock_hour = old.clock_from / 3600000000
        and wake_day = coalesce(old.paused_until / 86400000000, 0) and leads = 0;
end;
create trigger leads_are_counted_on after update of
    status_id, currency, value_cents, deleted_at, status_since, clock_from, paused_until on leads
begin
    update lead_totals set leads = leads - 1, value_cents = value_cents - coalesce(old.value_cents, 0)
    where status_id = old.status_id and currency = old.currency and is_deleted = (old.deleted_at is not null);
    update lead_ages set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and since_day = old.status_since / 86400000000;
    update lead_clocks set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and clock_day = old.clock_from / 86400000000
        and wake_day = coalesce(old.paused_until / 86400000000, 0);
    update lead_sleeps set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and wake_day = old.paused_until / 86400000000;
    update lead_hours set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and clock_hour = old.clock_from / 3600000000
        and wake_day = coalesce(old.paused_until / 86400000000, 0);
    insert into lead_totals (status_id, currency, is_deleted, shard, leads, value_cents)
    values (new.status_id, new.currency, new.deleted_at is not null, 0, 1, coalesce(new.value_cents, 0))
    on conflict do update set leads = leads + 1, value_cents = value_cents + excluded.value_cents;
    insert into lead_ages (status_id, since_day, shard, leads)
    select new.status_id, new.status_since / 86400000000, 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    insert into lead_clocks (status_id, clock_day, wake_day, shard, leads)
    select new.status_id, new.clock_from / 86400000000, coalesce(new.paused_until / 86400000000, 0), 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    insert into lead_sleeps (status_id, wake_day, shard, leads)
    select new.status_id, new.paused_until / 86400000000, 0, 1
    where new.deleted_at is null and new.paused_until is not null
    on conflict do update set leads = leads + 1;
    insert into lead_hours (status_id, clock_hour, wake_day, shard, leads)
    select new.status_id, new.clock_from / 3600000000, coalesce(new.paused_until / 86400000000, 0), 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    delete from lead_ages
    where status_id = old.status_id and since_day = old.status_since / 86400000000 and leads = 0;
    delete from lead_clocks
    where status_id = old.status_id and clock_day = old.clock_from / 86400000000
        and wake_day = coalesce(old.paused_until / 86400000000, 0) and leads = 0;
    delete from lead_sleeps
    where status_id = old.status_id and wake_day = old.paused_until / 86400000000 and leads = 0;
    delete from lead_hours
    where status_id = old.status_id and clock_hour = old.clock_from / 3600000000
        and wake_day = coalesce(old.paused_until / 86400000000, 0) and leads = 0;
end;

-- Search: three letters at a time, over the folded texts of `leads`, which it does not copy.
create virtual table lead_search using fts5 (
    search_key, content = 'leads', content_rowid = 'id', tokenize = 'trigram', detail = 'none'
);
create trigger leads_are_found_in after insert on leads
begin
    insert into lead_search (rowid, search_key) values (new.id, new.search_key);
end;
create trigger leads_are_found_out after delete on leads
begin
    insert into lead_search (lead_search, rowid, search_key) values ('delete', old.id, old.search_key);
end;
create trigger leads_are_found_on after update of search_key on leads when old.search_key <> new.search_key
begin
    insert into lead_search (lead_search, rowid, search_key) values ('delete', old.id, old.search_key);
    insert into lead_search (rowid, search_key) values (new.id, new.search_key);
end;

-- What the columns of a file stood for, as each person chose it last for files with this header.
create table import_mappings (
    id integer primary key autoincrement not null,
    user_id bigint not null,
    subject text not null,
    header_hash text not null,
    places text not null,
    updated_at bigint not null,
    constraint import_mappings_subject_check check (subject in ('leads', 'visits')),
    constraint import_mappings_user_id_fkey foreign key (user_id) references users (id)
);
create unique index import_mappings_header_key on import_mappings (user_id, subject, header_hash);

-- Large imports: each goes on in the transactions of the rows that it writes, so that none is written twice.
create table import_jobs (
    id integer primary key autoincrement not null,
    user_id bigint not null,
    actor text not null,
    request_id text not null,
    batch_id bigint not null,
    subject text not null,
    filename text not null,
    file text not null,
    places text not null,
    currency text,
    started_at bigint not null,
    rows_total bigint not null,
    rows_done bigint not null default 0,
    batches_done bigint not null default 0,
    created bigint not null default 0,
    changed bigint not null default 0,
    same bigint not null default 0,
    in_bin bigint not null default 0,
    problem text,
    finished_at bigint,
    constraint import_jobs_subject_check check (subject in ('leads', 'visits')),
    constraint import_jobs_user_id_fkey foreign key (user_id) references users (id)
);
create index import_jobs_unfinished on import_jobs (id) where finished_at is null;
