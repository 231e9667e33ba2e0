drop trigger leads_are_searched_in on leads;
drop trigger leads_are_searched_on on leads;
drop trigger leads_are_searched_out on leads;
drop function insert_lead_search();
drop function update_lead_search();
drop function delete_lead_search();
drop table lead_search;
drop function letters_and_pairs(text);
create index leads_search_key_trgm on leads using gin (search_key gin_trgm_ops);
