-- PostgreSQL has no counter of such changes: writers would wait for each other at its row. What depends on it is read each time.
select 1;
