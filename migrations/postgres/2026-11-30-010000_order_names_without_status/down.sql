-- PostgreSQL writes every index of a lead that moves, whatever it holds.
select 1;
