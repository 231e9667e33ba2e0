create table lead_statuses (
    id integer primary key autoincrement not null,
    name text not null,
    name_key text not null,
    slug text not null,
    color text not null,
    kind text not null,
    position integer,
    definition text not null,
    enter_when text not null,
    leave_when text not null,
    target_days integer,
    limit_days integer,
    search_key text not null,
    is_archived boolean not null default false,
    archived_at bigint,
    version integer not null default 1,
    created_at bigint not null,
    created_by text not null,
    updated_at bigint not null,
    updated_by text not null,
    constraint lead_statuses_name_check check (length(name) between 1 and 50),
    constraint lead_statuses_color_check check (
        color glob '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'
    ),
    constraint lead_statuses_kind_check check (kind in ('open', 'paused', 'won', 'lost', 'junk')),
    constraint lead_statuses_target_days_check check (target_days between 1 and 3650),
    constraint lead_statuses_limit_days_check check (limit_days between 1 and 3650),
    constraint lead_statuses_days_check check (target_days <= limit_days),
    constraint lead_statuses_position_check check (
        (is_archived and position is null) or (not is_archived and position is not null and position >= 1)
    ),
    constraint lead_statuses_archived_check check (is_archived = (archived_at is not null))
);
create unique index lead_statuses_slug_key on lead_statuses (slug);
create unique index lead_statuses_name_key on lead_statuses (name_key) where not is_archived;
create unique index lead_statuses_position_key on lead_statuses (position) where not is_archived;
create index lead_statuses_kind on lead_statuses (is_archived, kind, position);
create index lead_statuses_updated_at on lead_statuses (is_archived, updated_at);
-- What a role points at: the id with what the role asks of it, so that a foreign key can hold it there.
create unique index lead_statuses_role_key on lead_statuses (id, kind, is_archived);

-- One row for each role, from the seed on: "exactly one default, exactly one converted" is the primary key,
-- and the foreign key refuses to delete, archive or change the kind of a status that holds one.
create table lead_status_roles (
    role text primary key not null,
    status_id bigint not null,
    kind text not null,
    is_archived boolean not null default false,
    constraint lead_status_roles_role_check check (
        (role = 'default' and kind = 'open') or (role = 'converted' and kind = 'won')
    ),
    constraint lead_status_roles_is_archived_check check (not is_archived),
    constraint lead_status_roles_status_id_fkey foreign key (status_id, kind, is_archived)
        references lead_statuses (id, kind, is_archived)
);
create index lead_status_roles_status_id on lead_status_roles (status_id);

create trigger lead_status_roles_are_always_held before delete on lead_status_roles
begin
    select raise(abort, 'a role is always held by one status');
end;
