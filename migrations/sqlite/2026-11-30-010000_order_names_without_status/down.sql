drop index leads_name_key;
drop index leads_value_key;
create index leads_name_key on leads
    (name_key, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_value_key on leads
    (value_key, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, currency, source)
    where deleted_at is null;
