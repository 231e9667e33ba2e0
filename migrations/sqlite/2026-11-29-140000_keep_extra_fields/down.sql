drop table lead_extra_names;
alter table leads drop column extra;
