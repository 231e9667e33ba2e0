drop index leads_status_created_at;
create index leads_status_created_at on leads
    (status_id, created_at, id, owner_id, status_since, clock_from, paused_until, currency, value_key, source)
    where deleted_at is null;
create index leads_status_id on leads (status_id);
