-- Every import is a change: an entry of the log with the batch of what it wrote. Those of earlier versions get one here.
insert into audit_entries (batch_id, recorded_at, user_id, actor, door, request_id, subject, subject_id, subject_name, action, after_json)
select batch_id, finished_at, user_id, actor, 'import', request_id, 'import', id, filename, 'import',
    json_object(
        'what', subject, 'rows', rows_done, 'created', created, 'changed', changed, 'same', same, 'in_bin', in_bin,
        'left_out', left_out, 'ended_early', json(case when problem is null then 'false' else 'true' end)
    )
from import_jobs where finished_at is not null order by id;

-- A change that is taken back, in steps.
create table change_undos (
    id integer primary key autoincrement not null,
    -- The entry of the log that stands for the change.
    change_id bigint not null,
    user_id bigint not null,
    actor text not null,
    request_id text not null,
    -- The batch of the entries that taking back leaves.
    batch_id bigint not null,
    started_at bigint not null,
    -- The last entry of the change that was looked at.
    position bigint not null,
    -- Leads that were looked at, and those that the change has.
    done bigint not null,
    total bigint not null,
    binned bigint not null,
    restored bigint not null,
    left_alone bigint not null,
    finished_at bigint,
    constraint change_undos_user_id_fkey foreign key (user_id) references users (id)
);
create unique index change_undos_change_id_key on change_undos (change_id);
create index change_undos_unfinished on change_undos (id) where finished_at is null;

-- What was left as it is, and why: the first thousand.
create table change_undo_left (
    id integer primary key autoincrement not null,
    undo_id bigint not null,
    thing text not null,
    thing_id bigint not null,
    name text not null,
    reason text not null,
    constraint change_undo_left_undo_id_fkey foreign key (undo_id) references change_undos (id) on delete cascade
);
create index change_undo_left_undo_id on change_undo_left (undo_id, id);
