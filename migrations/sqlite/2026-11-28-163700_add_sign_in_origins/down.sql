drop table known_addresses;
drop index login_attempts_origin;
alter table login_attempts drop column origin;
