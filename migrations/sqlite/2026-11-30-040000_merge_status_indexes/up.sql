-- A move changes every index that holds the status. The foreign key looks for the leads of a status, those in the bin too,
-- when the status is deleted: the index by creation holds both kinds now and serves it as well.
drop index leads_status_id;
drop index leads_status_created_at;
create index leads_status_created_at on leads (
    status_id, deleted_at, created_at, id, owner_id, status_since, clock_from, paused_until, currency, value_key, source
);
