-- Bulk actions on so many leads that they run in steps.
create table bulk_jobs (
    -- The batch of its audit entries, which is random.
    batch_id integer primary key not null,
    user_id bigint not null,
    -- The rights that the user had when it began.
    can_manage boolean not null,
    actor text not null,
    request_id text not null,
    -- The word of the action, and its form as JSON.
    action text not null,
    form text not null,
    -- The list that the user came from.
    back text not null,
    started_at bigint not null,
    total bigint not null,
    done bigint not null,
    changed bigint not null,
    left_out bigint not null,
    finished_at bigint,
    constraint bulk_jobs_user_id_fkey foreign key (user_id) references users (id)
);
create index bulk_jobs_unfinished on bulk_jobs (batch_id) where finished_at is null;

-- The ids of the leads of an unfinished job, by commas, 500 in a part.
create table bulk_job_parts (
    id integer primary key autoincrement not null,
    batch_id bigint not null,
    number bigint not null,
    ids text not null,
    constraint bulk_job_parts_batch_id_fkey foreign key (batch_id) references bulk_jobs (batch_id) on delete cascade
);
create unique index bulk_job_parts_number_key on bulk_job_parts (batch_id, number);

-- Leads that were changed meanwhile, or for which the action was refused: the first thousand.
create table bulk_left_out (
    id integer primary key autoincrement not null,
    batch_id bigint not null,
    lead_id bigint not null,
    name text not null,
    reason text not null,
    constraint bulk_left_out_batch_id_fkey foreign key (batch_id) references bulk_jobs (batch_id) on delete cascade
);
create index bulk_left_out_batch_id on bulk_left_out (batch_id, id);
