-- What a status asks of those who receive its leads, as JSON; null for a status that hands nothing over.
alter table lead_statuses add column handoff text;
alter table status_definitions add column handoff text;

-- Every offer of a lead to a user or to the users of a role. It outlives the status.
create table handoffs (
    id integer primary key autoincrement not null,
    lead_id bigint not null,
    -- The visit that began with it.
    visit_id bigint not null,
    status_id bigint not null,
    -- Null for a lead that was created in the status.
    from_status_id bigint,
    to_role text not null,
    -- Null: every user of the role may accept.
    to_user_id bigint,
    offered_by_id bigint,
    offered_at bigint not null,
    due_at bigint not null,
    -- Null until the offer has ended.
    outcome text,
    ended_at bigint,
    ended_by_id bigint,
    reason text not null default '',
    constraint handoffs_to_role_check check (to_role in ('rep', 'manager')),
    constraint handoffs_outcome_check
        check (outcome in ('accepted', 'rejected', 'recycled', 'moved_on', 'withdrawn')),
    constraint handoffs_ended_at_check check ((outcome is null) = (ended_at is null)),
    constraint handoffs_lead_id_fkey foreign key (lead_id) references leads (id) on delete cascade,
    constraint handoffs_to_user_id_fkey foreign key (to_user_id) references users (id),
    constraint handoffs_offered_by_id_fkey foreign key (offered_by_id) references users (id),
    constraint handoffs_ended_by_id_fkey foreign key (ended_by_id) references users (id)
);
-- A lead is offered once at a time.
create unique index handoffs_open_key on handoffs (lead_id) where outcome is null;
create index handoffs_open_to_user on handoffs (to_user_id, due_at) where outcome is null;
create index handoffs_open_due on handoffs (due_at, to_role) where outcome is null;
create index handoffs_visit_id on handoffs (visit_id);
create index handoffs_offered_at on handoffs (offered_at);
create index handoffs_lead_id on handoffs (lead_id, id);

-- Answers move leads.
-- SQLite can't change a constraint; its documentation of ALTER TABLE allows this where no stored row changes.
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, '''undo'')', '''undo'', ''handoff'')') where type = 'table' and name = 'visits';
pragma writable_schema = reset;
