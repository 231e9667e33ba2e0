drop table handoffs;
alter table status_definitions drop column handoff;
alter table lead_statuses drop column handoff;
update visits set via = 'ui' where via = 'handoff';
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, '''undo'', ''handoff'')', '''undo'')') where type = 'table' and name = 'visits';
pragma writable_schema = reset;
