-- Forms that were sent, by a hash of their content with its one-time key, so that the same form is done once.
create table form_keys (
    key_hash text not null primary key,
    created_at bigint not null
);
create index form_keys_created_at on form_keys (created_at);
