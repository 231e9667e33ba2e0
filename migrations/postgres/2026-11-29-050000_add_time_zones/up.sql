-- The time zone that a person sees and types times in; empty until one is chosen.
alter table users add column time_zone text not null default '';

-- A pause ends when its day begins for the user who paused: `resumes_on` is the day (since 1970), `paused_until` the instant,
-- which alone decides. In every zone days begin at a quarter of an hour, so the counters count by those.
alter table leads drop constraint leads_paused_until_check;
alter table leads add column resumes_on integer;
update leads set resumes_on = paused_until / 86400000000 where paused_until is not null;
alter table leads add constraint leads_paused_until_check check (paused_until % 900000000 = 0);
alter table leads add constraint leads_resumes_on_check check ((resumes_on is null) = (paused_until is null));
alter table lead_clocks rename column wake_day to wake_quarter;
update lead_clocks set wake_quarter = wake_quarter * 96;
alter table lead_sleeps rename column wake_day to wake_quarter;
update lead_sleeps set wake_quarter = wake_quarter * 96;
alter table lead_hours rename column wake_day to wake_quarter;
update lead_hours set wake_quarter = wake_quarter * 96;
create or replace function count_leads_in() returns trigger language plpgsql as $$
declare
    mine integer := free_shard();
begin
    insert into lead_totals (status_id, currency, is_deleted, shard, leads, value_cents)
    select status_id, currency, deleted_at is not null, mine, count(*), sum(coalesce(value_cents, 0))
    from coming group by 1, 2, 3 order by 1, 2, 3
    on conflict (status_id, currency, is_deleted, shard) do update
        set leads = lead_totals.leads + excluded.leads, value_cents = lead_totals.value_cents + excluded.value_cents;
    insert into lead_ages (status_id, since_day, shard, leads)
    select status_id, status_since / 86400000000, mine, count(*)
    from coming where deleted_at is null group by 1, 2 order by 1, 2
    on conflict (status_id, since_day, shard) do update set leads = lead_ages.leads + excluded.leads;
    insert into lead_clocks (status_id, clock_day, wake_quarter, shard, leads)
    select status_id, clock_from / 86400000000, coalesce(paused_until / 900000000, 0), mine, count(*)
    from coming where deleted_at is null group by 1, 2, 3 order by 1, 2, 3
    on conflict (status_id, clock_day, wake_quarter, shard) do update set leads = lead_clocks.leads + excluded.leads;
    insert into lead_sleeps (status_id, wake_quarter, shard, leads)
    select status_id, paused_until / 900000000, mine, count(*)
    from coming where deleted_at is null and paused_until is not null group by 1, 2 order by 1, 2
    on conflict (status_id, wake_quarter, shard) do update set leads = lead_sleeps.leads + excluded.leads;
    insert into lead_hours (status_id, clock_hour, wake_quarter, shard, leads)
    select status_id, clock_from / 3600000000, coalesce(paused_until / 900000000, 0), mine, count(*)
    from coming where deleted_at is null group by 1, 2, 3 order by 1, 2, 3
    on conflict (status_id, clock_hour, wake_quarter, shard) do update set leads = lead_hours.leads + excluded.leads;
    return null;
end;
$$;
create or replace function count_leads_out() returns trigger language plpgsql as $$
declare
    mine integer := free_shard();
begin
    insert into lead_totals (status_id, currency, is_deleted, shard, leads, value_cents)
    select status_id, currency, deleted_at is not null, mine, -count(*), -sum(coalesce(value_cents, 0))
    from going group by 1, 2, 3 order by 1, 2, 3
    on conflict (status_id, currency, is_deleted, shard) do update
        set leads = lead_totals.leads + excluded.leads, value_cents = lead_totals.value_cents + excluded.value_cents;
    insert into lead_ages (status_id, since_day, shard, leads)
    select status_id, status_since / 86400000000, mine, -count(*)
    from going where deleted_at is null group by 1, 2 order by 1, 2
    on conflict (status_id, since_day, shard) do update set leads = lead_ages.leads + excluded.leads;
    insert into lead_clocks (status_id, clock_day, wake_quarter, shard, leads)
    select status_id, clock_from / 86400000000, coalesce(paused_until / 900000000, 0), mine, -count(*)
    from going where deleted_at is null group by 1, 2, 3 order by 1, 2, 3
    on conflict (status_id, clock_day, wake_quarter, shard) do update set leads = lead_clocks.leads + excluded.leads;
    insert into lead_sleeps (status_id, wake_quarter, shard, leads)
    select status_id, paused_until / 900000000, mine, -count(*)
    from going where deleted_at is null and paused_until is not null group by 1, 2 order by 1, 2
    on conflict (status_id, wake_quarter, shard) do update set leads = lead_sleeps.leads + excluded.leads;
    insert into lead_hours (status_id, clock_hour, wake_quarter, shard, leads)
    select status_id, clock_from / 3600000000, coalesce(paused_until / 900000000, 0), mine, -count(*)
    from going where deleted_at is null group by 1, 2, 3 order by 1, 2, 3
    on conflict (status_id, clock_hour, wake_quarter, shard) do update set leads = lead_hours.leads + excluded.leads;
    return null;
end;
$$;
create or replace function count_leads_on() returns trigger language plpgsql as $$
declare
    mine integer := free_shard();
begin
    insert into lead_totals (status_id, currency, is_deleted, shard, leads, value_cents)
    select status_id, currency, is_deleted, mine, sum(one), sum(cents) from (
        select status_id, currency, deleted_at is not null as is_deleted, 1 as one, coalesce(value_cents, 0) as cents from coming
        union all
        select status_id, currency, deleted_at is not null, -1, -coalesce(value_cents, 0) from going
    ) as both_sides group by 1, 2, 3 having sum(one) <> 0 or sum(cents) <> 0 order by 1, 2, 3
    on conflict (status_id, currency, is_deleted, shard) do update
        set leads = lead_totals.leads + excluded.leads, value_cents = lead_totals.value_cents + excluded.value_cents;
    insert into lead_ages (status_id, since_day, shard, leads)
    select status_id, since_day, mine, sum(one) from (
        select status_id, status_since / 86400000000 as since_day, 1 as one from coming where deleted_at is null
        union all
        select status_id, status_since / 86400000000, -1 from going where deleted_at is null
    ) as both_sides group by 1, 2 having sum(one) <> 0 order by 1, 2
    on conflict (status_id, since_day, shard) do update set leads = lead_ages.leads + excluded.leads;
    insert into lead_clocks (status_id, clock_day, wake_quarter, shard, leads)
    select status_id, clock_day, wake_quarter, mine, sum(one) from (
        select status_id, clock_from / 86400000000 as clock_day, coalesce(paused_until / 900000000, 0) as wake_quarter, 1 as one
        from coming where deleted_at is null
        union all
        select status_id, clock_from / 86400000000, coalesce(paused_until / 900000000, 0), -1
        from going where deleted_at is null
    ) as both_sides group by 1, 2, 3 having sum(one) <> 0 order by 1, 2, 3
    on conflict (status_id, clock_day, wake_quarter, shard) do update set leads = lead_clocks.leads + excluded.leads;
    insert into lead_sleeps (status_id, wake_quarter, shard, leads)
    select status_id, wake_quarter, mine, sum(one) from (
        select status_id, paused_until / 900000000 as wake_quarter, 1 as one
        from coming where deleted_at is null and paused_until is not null
        union all
        select status_id, paused_until / 900000000, -1
        from going where deleted_at is null and paused_until is not null
    ) as both_sides group by 1, 2 having sum(one) <> 0 order by 1, 2
    on conflict (status_id, wake_quarter, shard) do update set leads = lead_sleeps.leads + excluded.leads;
    insert into lead_hours (status_id, clock_hour, wake_quarter, shard, leads)
    select status_id, clock_hour, wake_quarter, mine, sum(one) from (
        select status_id, clock_from / 3600000000 as clock_hour, coalesce(paused_until / 900000000, 0) as wake_quarter, 1 as one
        from coming where deleted_at is null
        union all
        select status_id, clock_from / 3600000000, coalesce(paused_until / 900000000, 0), -1
        from going where deleted_at is null
    ) as both_sides group by 1, 2, 3 having sum(one) <> 0 order by 1, 2, 3
    on conflict (status_id, clock_hour, wake_quarter, shard) do update set leads = lead_hours.leads + excluded.leads;
    return null;
end;
$$;
