-- Forms that were sent after their session had ended, until their user has signed in again: for 30 minutes.
create table kept_forms (
    id integer primary key autoincrement not null,
    user_id bigint not null,
    -- The address that the form was sent to, and the page that it was on.
    path text not null,
    page text not null,
    -- Its fields as JSON: pairs of name and text, without secrets.
    fields text not null,
    created_at bigint not null,
    constraint kept_forms_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);
create index kept_forms_user_id on kept_forms (user_id, id);
create index kept_forms_created_at on kept_forms (created_at);
