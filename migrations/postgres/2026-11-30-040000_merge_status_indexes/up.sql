-- PostgreSQL sorts what an index holds behind "deleted_at is null", so it keeps an index for each use.
select 1;
