-- The time zone that a person sees and types times in; empty until one is chosen.
alter table users add column time_zone text not null default '';

-- A pause ends when its day begins for the user who paused: `resumes_on` is the day (since 1970), `paused_until` the instant,
-- which alone decides. In every zone days begin at a quarter of an hour, so the counters count by those.
drop trigger leads_are_counted_in;
drop trigger leads_are_counted_out;
drop trigger leads_are_counted_on;
alter table leads drop constraint leads_paused_until_check;
alter table leads add column resumes_on integer;
update leads set resumes_on = paused_until / 86400000000 where paused_until is not null;
alter table leads add constraint leads_paused_until_check check (coalesce(paused_until % 900000000, 0) = 0);
alter table leads add constraint leads_resumes_on_check check ((resumes_on is null) = (paused_until is null));
alter table lead_clocks rename column wake_day to wake_quarter;
update lead_clocks set wake_quarter = wake_quarter * 96;
alter table lead_sleeps rename column wake_day to wake_quarter;
update lead_sleeps set wake_quarter = wake_quarter * 96;
alter table lead_hours rename column wake_day to wake_quarter;
update lead_hours set wake_quarter = wake_quarter * 96;
create trigger leads_are_counted_in after insert on leads
begin
    insert into lead_totals (status_id, currency, is_deleted, shard, leads, value_cents)
    values (new.status_id, new.currency, new.deleted_at is not null, 0, 1, coalesce(new.value_cents, 0))
    on conflict do update set leads = leads + 1, value_cents = value_cents + excluded.value_cents;
    insert into lead_ages (status_id, since_day, shard, leads)
    select new.status_id, new.status_since / 86400000000, 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    insert into lead_clocks (status_id, clock_day, wake_quarter, shard, leads)
    select new.status_id, new.clock_from / 86400000000, coalesce(new.paused_until / 900000000, 0), 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    insert into lead_sleeps (status_id, wake_quarter, shard, leads)
    select new.status_id, new.paused_until / 900000000, 0, 1
    where new.deleted_at is null and new.paused_until is not null
    on conflict do update set leads = leads + 1;
    insert into lead_hours (status_id, clock_hour, wake_quarter, shard, leads)
    select new.status_id, new.clock_from / 3600000000, coalesce(new.paused_until / 900000000, 0), 0, 1
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
        and wake_quarter = coalesce(old.paused_until / 900000000, 0);
    update lead_sleeps set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and wake_quarter = old.paused_until / 900000000;
    update lead_hours set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and clock_hour = old.clock_from / 3600000000
        and wake_quarter = coalesce(old.paused_until / 900000000, 0);
    delete from lead_ages
    where status_id = old.status_id and since_day = old.status_since / 86400000000 and leads = 0;
    delete from lead_clocks
    where status_id = old.status_id and clock_day = old.clock_from / 86400000000
        and wake_quarter = coalesce(old.paused_until / 900000000, 0) and leads = 0;
    delete from lead_sleeps
    where status_id = old.status_id and wake_quarter = old.paused_until / 900000000 and leads = 0;
    delete from lead_hours
    where status_id = old.status_id and clock_hour = old.clock_from / 3600000000
        and wake_quarter = coalesce(old.paused_until / 900000000, 0) and leads = 0;
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
        and wake_quarter = coalesce(old.paused_until / 900000000, 0);
    update lead_sleeps set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and wake_quarter = old.paused_until / 900000000;
    update lead_hours set leads = leads - 1
    where old.deleted_at is null and status_id = old.status_id and clock_hour = old.clock_from / 3600000000
        and wake_quarter = coalesce(old.paused_until / 900000000, 0);
    insert into lead_totals (status_id, currency, is_deleted, shard, leads, value_cents)
    values (new.status_id, new.currency, new.deleted_at is not null, 0, 1, coalesce(new.value_cents, 0))
    on conflict do update set leads = leads + 1, value_cents = value_cents + excluded.value_cents;
    insert into lead_ages (status_id, since_day, shard, leads)
    select new.status_id, new.status_since / 86400000000, 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    insert into lead_clocks (status_id, clock_day, wake_quarter, shard, leads)
    select new.status_id, new.clock_from / 86400000000, coalesce(new.paused_until / 900000000, 0), 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    insert into lead_sleeps (status_id, wake_quarter, shard, leads)
    select new.status_id, new.paused_until / 900000000, 0, 1
    where new.deleted_at is null and new.paused_until is not null
    on conflict do update set leads = leads + 1;
    insert into lead_hours (status_id, clock_hour, wake_quarter, shard, leads)
    select new.status_id, new.clock_from / 3600000000, coalesce(new.paused_until / 900000000, 0), 0, 1
    where new.deleted_at is null
    on conflict do update set leads = leads + 1;
    delete from lead_ages
    where status_id = old.status_id and since_day = old.status_since / 86400000000 and leads = 0;
    delete from lead_clocks
    where status_id = old.status_id and clock_day = old.clock_from / 86400000000
        and wake_quarter = coalesce(old.paused_until / 900000000, 0) and leads = 0;
    delete from lead_sleeps
    where status_id = old.status_id and wake_quarter = old.paused_until / 900000000 and leads = 0;
    delete from lead_hours
    where status_id = old.status_id and clock_hour = old.clock_from / 3600000000
        and wake_quarter = coalesce(old.paused_until / 900000000, 0) and leads = 0;
end;
