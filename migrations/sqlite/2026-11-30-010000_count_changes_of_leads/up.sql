-- How often leads of a status have come, gone, or begun their clock or a pause. What was counted of the leads of a status is
-- right as long as this number stays.
create table lead_changes (
    status_id bigint primary key not null,
    changes bigint not null
) without rowid;

create trigger lead_changes_are_counted_in after insert on leads
begin
    insert into lead_changes (status_id, changes) values (new.status_id, 1)
    on conflict do update set changes = changes + 1;
end;
create trigger lead_changes_are_counted_on after update of
    status_id, deleted_at, status_since, clock_from, paused_until on leads
begin
    insert into lead_changes (status_id, changes) values (new.status_id, 1)
    on conflict do update set changes = changes + 1;
    insert into lead_changes (status_id, changes) select old.status_id, 1 where old.status_id <> new.status_id
    on conflict do update set changes = changes + 1;
end;
create trigger lead_changes_are_counted_out after delete on leads
begin
    insert into lead_changes (status_id, changes) values (old.status_id, 1)
    on conflict do update set changes = changes + 1;
end;
