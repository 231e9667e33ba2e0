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
create index handoffs_open_to_role on handoffs (to_role, due_at) where outcome is null and to_user_id is null;
create index handoffs_open_due on handoffs (due_at) where outcome is null;
create index handoffs_visit_id on handoffs (visit_id);
create index handoffs_offered_at on handoffs (offered_at);
create index handoffs_lead_id on handoffs (lead_id, id);

-- When the open offer of a lead is due, for its lists: a move knows by it that there is one.
alter table leads add column offer_due_at bigint;
create index leads_offer_due_at on leads (offer_due_at, id) where offer_due_at is not null and deleted_at is null;
-- Leads whose pause is over, by owner: those that were recycled wait for their owners.
create index leads_resurfaced on leads (owner_id, status_id, paused_until)
    where paused_until is not null and deleted_at is null;

-- A user who is disabled or only reads receives nothing: what was offered to them is offered to the role.
create trigger users_stop_receiving after update of disabled_at, role on users
when new.disabled_at is not null or new.role = 'viewer'
begin
    update handoffs set to_user_id = null where to_user_id = new.id and outcome is null;
end;

-- Answers move leads.
-- SQLite can't change a constraint; its documentation of ALTER TABLE allows this where no stored row changes.
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, '''undo'')', '''undo'', ''handoff'')') where type = 'table' and name = 'visits';
pragma writable_schema = reset;
