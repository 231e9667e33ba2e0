-- SQLite has this index already.
select 1;
