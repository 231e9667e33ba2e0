drop trigger lead_changes_are_counted_in;
drop trigger lead_changes_are_counted_on;
drop trigger lead_changes_are_counted_out;
drop table lead_changes;
