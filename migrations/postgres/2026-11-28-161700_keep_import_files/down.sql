drop table import_left_out;
drop table import_parts;
drop index import_jobs_digest_key;
delete from import_jobs where user_id is null or (finished_at is null and file = '');
update import_jobs set units_done = units_done / 500;
alter table import_jobs
    drop column digest,
    drop column left_out,
    drop column is_ready,
    drop column worker,
    drop column lease_until;
alter table import_jobs rename column units_done to batches_done;
alter table import_jobs alter column user_id set not null;
