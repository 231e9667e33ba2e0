-- Leads that were created after their clock began, which a list of old clocks by creation would miss.
create index leads_made_late on leads (status_id, created_at, id) include (clock_from, paused_until)
    where created_at > clock_from and deleted_at is null;
