drop trigger users_stop_receiving on users;
drop function users_stop_receiving();
drop index leads_resurfaced;
drop index leads_offer_due_at;
alter table leads drop column offer_due_at;
drop table handoffs;
alter table status_definitions drop column handoff;
alter table lead_statuses drop column handoff;
update visits set via = 'ui' where via = 'handoff';
alter table visits drop constraint visits_via_check;
alter table visits add constraint visits_via_check
    check (via in ('ui', 'board', 'bulk', 'import', 'api', 'replace', 'undo'));
