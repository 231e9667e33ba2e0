drop index leads_created_at;
drop index leads_name_key;
drop index leads_value_key;
drop index leads_owner_created_at;
drop index leads_currency_value_key;
create index leads_created_at on leads
    (created_at, id, status_id, owner_id, status_since, clock_from, paused_until, currency, value_key, source)
    where deleted_at is null;
create index leads_name_key on leads
    (name_key, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_value_key on leads
    (value_key, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, currency, source)
    where deleted_at is null;
create index leads_owner_created_at on leads
    (owner_id, created_at, id, status_id, status_since, clock_from, paused_until, currency, value_key, source)
    where deleted_at is null;
create index leads_currency_value_key on leads
    (currency, value_key, id, status_id, owner_id, status_since, clock_from, paused_until, created_at, source)
    where deleted_at is null and value_key >= 0;
