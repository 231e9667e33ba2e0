drop table lead_status_roles;
drop function refuse_role_removal;
drop table lead_statuses;
