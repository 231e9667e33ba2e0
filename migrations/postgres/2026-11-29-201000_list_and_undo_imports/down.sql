-- The log is never shortened: the entries of imports stay.
drop table change_undo_left;
drop table change_undos;
