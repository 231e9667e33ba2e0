drop trigger leads_are_counted_in;
drop trigger leads_are_counted_out;
drop trigger leads_are_counted_on;
update leads set paused_until = resumes_on * 86400000000,
    clock_from = case when clock_from + resumes_on * 86400000000 - paused_until < status_since then status_since
        else clock_from + resumes_on * 86400000000 - paused_until end
where paused_until <> resumes_on * 86400000000;
alter table leads drop constraint leads_resumes_on_check;
alter table leads drop constraint leads_paused_until_check;
alter table leads drop column resumes_on;
alter table leads add constraint leads_paused_until_check check (coalesce(paused_until % 86400000000, 0) = 0);
alter table lead_clocks rename column wake_quarter to wake_day;
delete from lead_clocks;
alter table lead_sleeps rename column wake_quarter to wake_day;
delete from lead_sleeps;
alter table lead_hours rename column wake_quarter to wake_day;
delete from lead_hours;
insert into lead_clocks (status_id, clock_day, wake_day, shard, leads)
select status_id, clock_from / 86400000000, coalesce(paused_until / 86400000000, 0), 0, count(*)
from leads where deleted_at is null group by 1, 2, 3;
insert into lead_sleeps (status_id, wake_day, shard, leads)
select status_id, paused_until / 86400000000, 0, count(*)
from leads where deleted_at is null and paused_until is not null group by 1, 2;
insert into lead_hours (status_id, clock_hour, wake_day, shard, leads)
select status_id, clock_from / 3600000000, coalesce(paused_until / 86400000000, 0), 0, count(*)
from leads where deleted_at is null group by 1, 2, 3;
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
alter table users drop column time_zone;
