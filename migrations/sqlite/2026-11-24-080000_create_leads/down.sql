drop table lead_search;
drop table lead_notes;
drop table visits;
drop table leads;
drop table lead_totals;
drop table lead_ages;
drop table replacements;
drop table deleted_lead_statuses;
