drop index leads_phone_key;
drop index leads_email_key;
alter table leads drop column phone_key;
alter table leads drop column email_key;
drop index leads_external_ref_key;
create unique index leads_external_ref_key on leads (external_ref) where external_ref is not null;
alter table leads drop column external_system;
