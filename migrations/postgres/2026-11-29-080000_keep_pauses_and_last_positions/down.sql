alter table deleted_lead_statuses drop column position;
alter table lead_statuses drop column last_position;
drop table lead_pauses;
