-- Statuses and users change rarely and nearly every page needs them. This number changes with each of their changes, so that
-- what was read of them can be used again.
create table reference_version (
    version bigint not null
);
insert into reference_version (version) values (1);

create trigger lead_statuses_insert_is_counted after insert on lead_statuses
begin
    update reference_version set version = version + 1;
end;
create trigger lead_statuses_update_is_counted after update on lead_statuses
begin
    update reference_version set version = version + 1;
end;
create trigger lead_statuses_delete_is_counted after delete on lead_statuses
begin
    update reference_version set version = version + 1;
end;
create trigger lead_status_roles_insert_is_counted after insert on lead_status_roles
begin
    update reference_version set version = version + 1;
end;
create trigger lead_status_roles_update_is_counted after update on lead_status_roles
begin
    update reference_version set version = version + 1;
end;
create trigger lead_status_roles_delete_is_counted after delete on lead_status_roles
begin
    update reference_version set version = version + 1;
end;
create trigger replacements_insert_is_counted after insert on replacements
begin
    update reference_version set version = version + 1;
end;
create trigger replacements_update_is_counted after update on replacements
begin
    update reference_version set version = version + 1;
end;
create trigger replacements_delete_is_counted after delete on replacements
begin
    update reference_version set version = version + 1;
end;
create trigger users_insert_is_counted after insert on users
begin
    update reference_version set version = version + 1;
end;
create trigger users_update_is_counted after update on users
begin
    update reference_version set version = version + 1;
end;
create trigger users_delete_is_counted after delete on users
begin
    update reference_version set version = version + 1;
end;
