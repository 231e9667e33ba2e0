-- Lists are read from indexes alone, which asks for pages of the table that were vacuumed since they changed. PostgreSQL
-- vacuums a table when a fifth of it changed: at a fiftieth, few pages need a look at their rows.
alter table leads set (autovacuum_vacuum_scale_factor = 0.02);
alter table visits set (autovacuum_vacuum_scale_factor = 0.02);
