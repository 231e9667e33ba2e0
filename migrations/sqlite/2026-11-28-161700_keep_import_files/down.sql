create table old_import_jobs (
    id integer primary key autoincrement not null,
    user_id bigint not null,
    actor text not null,
    request_id text not null,
    batch_id bigint not null,
    subject text not null,
    filename text not null,
    file text not null,
    places text not null,
    currency text,
    started_at bigint not null,
    rows_total bigint not null,
    rows_done bigint not null default 0,
    batches_done bigint not null default 0,
    created bigint not null default 0,
    changed bigint not null default 0,
    same bigint not null default 0,
    in_bin bigint not null default 0,
    problem text,
    finished_at bigint,
    constraint import_jobs_subject_check check (subject in ('leads', 'visits')),
    constraint import_jobs_user_id_fkey foreign key (user_id) references users (id)
);
insert into old_import_jobs
select id, user_id, actor, request_id, batch_id, subject, filename, file, places, currency, started_at, rows_total,
    rows_done, units_done / 500, created, changed, same, in_bin, problem, finished_at
from import_jobs where user_id is not null and (finished_at is not null or file <> '');
drop table import_left_out;
drop table import_parts;
drop table import_jobs;
alter table old_import_jobs rename to import_jobs;
create index import_jobs_unfinished on import_jobs (id) where finished_at is null;
