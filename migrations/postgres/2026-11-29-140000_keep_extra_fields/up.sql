-- What other systems know of a lead beside our fields: a JSON object of text, or nothing.
alter table leads add column extra text not null default '';
-- The names of extra fields that leads have or had.
create table lead_extra_names (
    name text primary key not null
);
