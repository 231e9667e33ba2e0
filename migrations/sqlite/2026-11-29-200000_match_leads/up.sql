-- The system in which a lead has its reference; empty where there is only one, or it is not known.
alter table leads add column external_system text not null default '';
-- A reference is unique in its system. The index also lists the systems.
drop index leads_external_ref_key;
create unique index leads_external_ref_key on leads (external_system, external_ref) where external_ref is not null;

-- What likely duplicates have in common beside the name: the e-mail address in lower case, and the last nine digits of a
-- telephone number that has seven or more.
alter table leads add column email_key text not null default '';
alter table leads add column phone_key text not null default '';
update leads set email_key = lower(email) where email <> '';
update leads set phone_key = (
    with recursive steps (rest, kept) as (
        select phone, ''
        union all
        select substr(rest, 2), kept || case when substr(rest, 1, 1) glob '[0-9]' then substr(rest, 1, 1) else '' end
        from steps where rest <> ''
    )
    select case when length(kept) >= 7 then substr(kept, -9) else '' end from steps where rest = ''
)
where phone <> '';
create index leads_email_key on leads (email_key) where email_key <> '';
create index leads_phone_key on leads (phone_key) where phone_key <> '';
