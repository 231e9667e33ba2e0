-- A move changes every index that holds the status or its clock. These five don't need them: where a filter asks for the
-- status, the indexes of status, clock, entry and owner are read, or the rows of some leads.
drop index leads_created_at;
drop index leads_name_key;
drop index leads_value_key;
drop index leads_owner_created_at;
drop index leads_currency_value_key;
create index leads_created_at on leads (created_at, id, owner_id, currency, value_key, source)
    where deleted_at is null;
create index leads_name_key on leads (name_key, id, owner_id, created_at, currency, value_key, source)
    where deleted_at is null;
create index leads_value_key on leads (value_key, id, owner_id, created_at, currency, source)
    where deleted_at is null;
create index leads_owner_created_at on leads (owner_id, created_at, id, currency, value_key, source)
    where deleted_at is null;
create index leads_currency_value_key on leads (currency, value_key, id, owner_id, created_at, source)
    where deleted_at is null and value_key >= 0;
