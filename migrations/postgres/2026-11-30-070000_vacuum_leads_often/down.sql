alter table visits reset (autovacuum_vacuum_scale_factor);
alter table leads reset (autovacuum_vacuum_scale_factor);
