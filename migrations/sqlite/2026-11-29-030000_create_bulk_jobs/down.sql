drop table bulk_left_out;
drop table bulk_job_parts;
drop table bulk_jobs;
