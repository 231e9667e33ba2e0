-- The order of the histories in a large file of visits is another now, if the rows of each lead are together. Files that are
-- being imported are gone through again: what was written already is as it is.
update import_jobs set rows_done = 0, units_done = 0, created = 0, changed = 0, same = 0, in_bin = 0, left_out = 0
where finished_at is null and subject = 'visits' and rows_total >= 100000;
