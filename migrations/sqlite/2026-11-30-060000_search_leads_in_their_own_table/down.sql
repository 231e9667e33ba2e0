-- SQLite searches leads in a table of their own already.
select 1;
