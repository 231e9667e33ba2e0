-- The clocks of before were wrong.
select 1;
