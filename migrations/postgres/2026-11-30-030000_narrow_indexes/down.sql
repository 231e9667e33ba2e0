-- PostgreSQL writes an entry into each index whatever it holds, so its indexes stay as they are.
select 1;
