-- Failures are counted by account and origin: an address, or a device that the account knows.
alter table login_attempts add column origin text not null default '';
update login_attempts set origin = address;
create index login_attempts_origin on login_attempts (account_key, origin, attempted_at);

-- Networks from which a user signed in, since the password was set.
create table known_addresses (
    user_id bigint not null,
    address text not null,
    seen_at bigint not null,
    primary key (user_id, address),
    constraint known_addresses_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);
