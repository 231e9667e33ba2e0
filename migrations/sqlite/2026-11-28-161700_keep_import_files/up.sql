-- Imports of every channel are jobs. The file lies here, in parts, so that any process that shares this database can
-- go on; a lease says which one does.
create table new_import_jobs (
    id integer primary key autoincrement not null,
    -- Nobody for the command line.
    user_id bigint,
    actor text not null,
    request_id text not null,
    batch_id bigint not null,
    subject text not null,
    filename text not null,
    -- Where the file lies in the data directory of a server, for jobs of an earlier schema; else empty.
    file text not null,
    places text not null,
    currency text,
    -- Of the file and what its columns stand for: no two jobs that are under way have the same.
    digest text,
    started_at bigint not null,
    rows_total bigint not null,
    rows_done bigint not null default 0,
    -- Rows, or histories of leads, that were gone through.
    units_done bigint not null default 0,
    created bigint not null default 0,
    changed bigint not null default 0,
    same bigint not null default 0,
    in_bin bigint not null default 0,
    -- Rows that did not pass any more when they were applied.
    left_out bigint not null default 0,
    problem text,
    -- True once the whole file is here and every row was judged: from then on the job is finished, whatever happens.
    is_ready boolean not null default true,
    worker text not null default '',
    -- By the clock of the database, in microseconds.
    lease_until bigint not null default 0,
    finished_at bigint,
    constraint import_jobs_subject_check check (subject in ('leads', 'visits')),
    constraint import_jobs_user_id_fkey foreign key (user_id) references users (id)
);
insert into new_import_jobs (
    id, user_id, actor, request_id, batch_id, subject, filename, file, places, currency, started_at, rows_total,
    rows_done, units_done, created, changed, same, in_bin, problem, finished_at
)
select
    id, user_id, actor, request_id, batch_id, subject, filename,
    case when finished_at is null then file else '' end,
    places, currency, started_at, rows_total, rows_done,
    case when subject = 'leads' then rows_done else batches_done * 500 end,
    created, changed, same, in_bin, problem, finished_at
from import_jobs;
-- Of a large file of visits nobody can tell how many histories so many batches were. They are gone through again: those
-- that were written already are as they are.
update new_import_jobs set rows_done = 0, units_done = 0, created = 0, changed = 0, same = 0, in_bin = 0
where finished_at is null and subject = 'visits' and rows_total >= 100000;
drop table import_jobs;
alter table new_import_jobs rename to import_jobs;
create index import_jobs_unfinished on import_jobs (id) where finished_at is null;
create unique index import_jobs_digest_key on import_jobs (digest) where finished_at is null;

create table import_parts (
    id integer primary key autoincrement not null,
    job_id bigint not null,
    number bigint not null,
    bytes blob not null,
    constraint import_parts_job_id_fkey foreign key (job_id) references import_jobs (id) on delete cascade
);
create unique index import_parts_number_key on import_parts (job_id, number);

-- Rows that were fine when the file was judged, and not any more when they were applied.
create table import_left_out (
    id integer primary key autoincrement not null,
    job_id bigint not null,
    line bigint not null,
    field text,
    reason text not null,
    constraint import_left_out_job_id_fkey foreign key (job_id) references import_jobs (id) on delete cascade
);
create index import_left_out_job_id on import_left_out (job_id, line);
