-- The pauses of leads, those that are over too: reports show how many leads were stuck on an earlier day. One that was
-- ended early ends then. A pause counts for the visit during which it began.
create table lead_pauses (
    id integer primary key autoincrement not null,
    lead_id bigint not null,
    began_at bigint not null,
    ends_at bigint not null,
    constraint lead_pauses_ends_at_check check (ends_at >= began_at),
    constraint lead_pauses_lead_id_fkey foreign key (lead_id) references leads (id) on delete cascade
);
create index lead_pauses_lead_id on lead_pauses (lead_id, id);
-- Pauses of leads that are still paused, or were until they ended by themselves. The clock says how long they are.
insert into lead_pauses (lead_id, began_at, ends_at)
select id, paused_until - (clock_from - status_since), paused_until
from leads where paused_until is not null and clock_from > status_since order by id;
-- Of others only the length is known: they are kept at the beginning of their visit.
insert into lead_pauses (lead_id, began_at, ends_at)
select id, status_since, clock_from
from leads where paused_until is null and clock_from > status_since order by id;
insert into lead_pauses (lead_id, began_at, ends_at)
select lead_id, entered_at, clock_from
from visits where left_at is not null and voided_at is null and clock_from > entered_at order by id;

-- The positions that statuses had last, which say whether an old move led forward or back.
alter table lead_statuses add column last_position integer;
alter table deleted_lead_statuses add column position integer;
update lead_statuses set last_position = (
    select json_extract(before_json, '$.position') from audit_entries
    where subject = 'lead_status' and subject_id = lead_statuses.id and action = 'archive'
    order by id desc limit 1
) where is_archived;
update deleted_lead_statuses set position = (
    select json_extract(before_json, '$.position') from audit_entries
    where subject = 'lead_status' and subject_id = deleted_lead_statuses.id and action in ('archive', 'delete')
        and json_extract(before_json, '$.position') is not null
    order by id desc limit 1
);
