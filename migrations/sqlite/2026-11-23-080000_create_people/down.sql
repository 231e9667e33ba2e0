drop table audit_entries;
drop table idempotency_keys;
drop table api_tokens;
drop table setup_codes;
drop table login_attempts;
drop table sessions;
drop table users;
