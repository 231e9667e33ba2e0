alter table form_keys drop column flash;
alter table form_keys drop column location;
