-- SQLite has one writer, which counts in one shard.
select 1;
