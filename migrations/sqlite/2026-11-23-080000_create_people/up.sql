create table users (
    id integer primary key autoincrement not null,
    email text not null,
    email_key text not null,
    name text not null,
    role text not null,
    password_hash text not null,
    language text not null default '',
    theme text not null default 'auto',
    has_shortcuts boolean not null default true,
    search_key text not null,
    disabled_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    constraint users_email_check check (length(email) between 3 and 254),
    constraint users_name_check check (length(name) between 1 and 100),
    constraint users_role_check check (role in ('admin', 'manager', 'rep', 'viewer')),
    constraint users_language_check check (language in ('', 'en', 'ro')),
    constraint users_theme_check check (theme in ('auto', 'light', 'dark'))
);
create unique index users_email_key on users (email_key);

create table sessions (
    id integer primary key autoincrement not null,
    key_hash text not null,
    user_id bigint not null,
    agent text not null,
    address text not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    constraint sessions_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);
create unique index sessions_key_hash_key on sessions (key_hash);
create index sessions_user_id on sessions (user_id, last_seen_at);

create table login_attempts (
    id integer primary key autoincrement not null,
    account_key text not null,
    address text not null,
    attempted_at bigint not null
);
create index login_attempts_account_key on login_attempts (account_key, attempted_at);
create index login_attempts_address on login_attempts (address, attempted_at);
create index login_attempts_attempted_at on login_attempts (attempted_at);

create table setup_codes (
    id integer primary key autoincrement not null,
    code_hash text not null,
    created_at bigint not null,
    used_at bigint
);
create unique index setup_codes_code_hash_key on setup_codes (code_hash);

create table api_tokens (
    id integer primary key autoincrement not null,
    user_id bigint not null,
    name text not null,
    prefix text not null,
    token_hash text not null,
    scopes text not null,
    created_at bigint not null,
    expires_at bigint,
    last_used_at bigint,
    revoked_at bigint,
    constraint api_tokens_user_id_fkey foreign key (user_id) references users (id),
    constraint api_tokens_name_check check (length(name) between 1 and 100)
);
create unique index api_tokens_token_hash_key on api_tokens (token_hash);
create index api_tokens_user_id on api_tokens (user_id);

create table idempotency_keys (
    id integer primary key autoincrement not null,
    token_id bigint not null,
    idempotency_key text not null,
    request_hash text not null,
    status integer not null,
    location text,
    body text not null,
    created_at bigint not null,
    constraint idempotency_keys_token_id_fkey foreign key (token_id) references api_tokens (id) on delete cascade
);
create unique index idempotency_keys_token_id_key on idempotency_keys (token_id, idempotency_key);
create index idempotency_keys_created_at on idempotency_keys (created_at);

create table audit_entries (
    id integer primary key autoincrement not null,
    batch_id bigint not null,
    recorded_at bigint not null,
    user_id bigint,
    token_id bigint,
    actor text not null,
    door text not null,
    request_id text not null,
    subject text not null,
    subject_id bigint,
    subject_version integer,
    subject_name text not null,
    action text not null,
    before_json text,
    after_json text
);
create index audit_entries_subject on audit_entries (subject, subject_id, id);
create index audit_entries_batch_id on audit_entries (batch_id, id);
create index audit_entries_user_id on audit_entries (user_id, recorded_at, id);
create index audit_entries_recorded_at on audit_entries (recorded_at, id);
create index audit_entries_kind on audit_entries (subject, recorded_at, id);
create index audit_entries_door on audit_entries (door, recorded_at, id);
create index audit_entries_action on audit_entries (action, recorded_at, id);

create trigger audit_entries_are_never_changed before update on audit_entries
begin
    select raise(abort, 'the audit log is append-only');
end;
create trigger audit_entries_are_never_deleted before delete on audit_entries
begin
    select raise(abort, 'the audit log is append-only');
end;
