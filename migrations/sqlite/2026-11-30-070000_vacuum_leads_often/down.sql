-- SQLite has no vacuum of this kind.
select 1;
