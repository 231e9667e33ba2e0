-- The system in which a lead has its reference; empty where there is only one, or it is not known.
alter table leads add column external_system text collate "C" not null default '';
-- A reference is unique in its system. The index also lists the systems.
drop index leads_external_ref_key;
create unique index leads_external_ref_key on leads (external_system, external_ref) where external_ref is not null;

-- What likely duplicates have in common beside the name: the e-mail address in lower case, and the last nine digits of a
-- telephone number that has seven or more.
alter table leads add column email_key text collate "C" not null default '';
alter table leads add column phone_key text collate "C" not null default '';
update leads set email_key = lower(email) where email <> '';
update leads set phone_key = right(regexp_replace(phone, '[^0-9]', '', 'g'), 9)
where length(regexp_replace(phone, '[^0-9]', '', 'g')) >= 7;
create index leads_email_key on leads (email_key) where email_key <> '';
create index leads_phone_key on leads (phone_key) where phone_key <> '';
