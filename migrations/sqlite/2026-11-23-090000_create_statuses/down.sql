drop trigger lead_status_roles_are_always_held;
drop table lead_status_roles;
drop table lead_statuses;
