-- Every index that a list is read by holds every column that a filter asks for: leads that don't match are passed over in
-- the index, without a look at the row.
drop index leads_created_at;
drop index leads_updated_at;
drop index leads_name_key;
drop index leads_value_key;
drop index leads_status_since;
drop index leads_status_created_at;
drop index leads_made_late;
drop index leads_status_clock_from;
drop index leads_status_status_since;
drop index leads_owner_created_at;
drop index leads_owner_clock_from;
drop index leads_source_created_at;
drop index leads_bin;
drop index leads_status_currency;
create index leads_created_at on leads
    (created_at, id, status_id, owner_id, status_since, clock_from, paused_until, currency, value_key, source)
    where deleted_at is null;
create index leads_updated_at on leads
    (updated_at, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_name_key on leads
    (name_key, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_value_key on leads
    (value_key, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, currency, source)
    where deleted_at is null;
create index leads_status_since on leads
    (status_since, id, status_id, owner_id, clock_from, paused_until, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_status_created_at on leads
    (status_id, created_at, id, owner_id, status_since, clock_from, paused_until, currency, value_key, source)
    where deleted_at is null;
create index leads_status_clock_from on leads
    (status_id, clock_from, id, owner_id, status_since, paused_until, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_owner_created_at on leads
    (owner_id, created_at, id, status_id, status_since, clock_from, paused_until, currency, value_key, source)
    where deleted_at is null;
create index leads_owner_clock_from on leads
    (owner_id, status_id, clock_from, id, status_since, paused_until, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_source_created_at on leads
    (source, created_at, id, status_id, owner_id, status_since, clock_from, paused_until, currency, value_key)
    where deleted_at is null;
create index leads_currency_value_key on leads
    (currency, value_key, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, source)
    where deleted_at is null and value_key >= 0;
create index leads_bin on leads
    (created_at, id, status_id, owner_id, status_since, clock_from, paused_until, currency, value_key, source)
    where deleted_at is not null;
-- Leads that were created after their clock began, which a list of old clocks by creation would miss.
create index leads_made_late on leads (status_id, created_at, id, clock_from, paused_until)
    where created_at > clock_from and deleted_at is null;
-- The foreign key looks here when a status is deleted, for leads in the bin too.
create index leads_status_id on leads (status_id);

-- Search keys end with two line breaks, so that each letter begins a trigram, and words of one or two letters are found by
-- the trigrams that begin with them.
drop trigger leads_are_found_on;
update leads set search_key = search_key || char(10, 10);
insert into lead_search (lead_search) values ('rebuild');
create trigger leads_are_found_on after update of search_key on leads when old.search_key <> new.search_key
begin
    insert into lead_search (lead_search, rowid, search_key) values ('delete', old.id, old.search_key);
    insert into lead_search (rowid, search_key) values (new.id, new.search_key);
end;
create virtual table lead_search_terms using fts5vocab (lead_search, row);
