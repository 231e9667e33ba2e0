-- A move changes neither the name nor the value of a lead. Their orders no longer hold what it does change, so it doesn't
-- write them.
drop index leads_name_key;
drop index leads_value_key;
create index leads_name_key on leads (name_key, id, owner_id, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_value_key on leads (value_key, id, owner_id, created_at, currency, source)
    where deleted_at is null;
