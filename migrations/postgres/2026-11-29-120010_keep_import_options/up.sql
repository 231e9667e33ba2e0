-- What a user chose about the meaning of a file, in JSON; empty for imports of earlier versions.
alter table import_jobs add column options text not null default '';
