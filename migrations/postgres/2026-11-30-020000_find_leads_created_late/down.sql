drop index leads_made_late;
