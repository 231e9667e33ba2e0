-- What must be true of a lead that enters a status. Lists are JSON.
alter table lead_statuses add column entry_rules text not null default '[]';
alter table lead_statuses add column enter_from text not null default '[]';
alter table lead_statuses add column movers text not null default '[]';
alter table lead_statuses add column reasons text not null default '[]';
alter table lead_statuses add column reason_required boolean not null default false;
alter table lead_statuses add column definition_version integer not null default 1;

-- Every version of the definition of a status, as a whole. They outlive the status, because visits name them.
create table status_definitions (
    status_id bigint not null,
    version integer not null,
    definition text not null,
    enter_when text not null,
    leave_when text not null,
    entry_rules text not null,
    enter_from text not null,
    movers text not null,
    reasons text not null,
    reason_required boolean not null,
    why text not null default '',
    created_at bigint not null,
    created_by text not null,
    constraint status_definitions_pkey primary key (status_id, version)
);
-- Nobody knows what a definition said earlier: the present one is the first.
insert into status_definitions (status_id, version, definition, enter_when, leave_when, entry_rules, enter_from, movers,
    reasons, reason_required, created_at, created_by)
select id, 1, definition, enter_when, leave_when, '[]', '[]', '[]', '[]', false, created_at, created_by
from lead_statuses;

-- Who has confirmed to have read which version.
create table definition_readers (
    status_id bigint not null,
    version integer not null,
    user_id bigint not null,
    read_at bigint not null,
    constraint definition_readers_pkey primary key (status_id, version, user_id),
    constraint definition_readers_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

-- How a visit began under the rules of its status. Nothing is known of visits before there were rules.
alter table visits add column definition_version integer;
alter table visits add column override_reason text;
alter table visits add column confirmed text;
alter table visits add column evidence text;
alter table visits add column unmet text;

-- Rules ask for the role of who moves. Jobs that began before know only whether it manages leads.
alter table bulk_jobs add column user_role text;
-- Why lines of an import pass that don't meet the rules.
alter table import_jobs add column override_reason text;
