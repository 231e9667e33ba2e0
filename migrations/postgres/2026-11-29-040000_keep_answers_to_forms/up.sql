-- Where a form that was sent led, and the message there: what a second sending of it is answered with.
alter table form_keys add column location text;
alter table form_keys add column flash text;
