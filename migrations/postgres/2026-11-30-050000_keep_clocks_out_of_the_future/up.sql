-- An imported history kept the pause of its lead though the visit had begun later, so that a clock could begin after the
-- import. Lists by last change rely on clocks that begin before the last change, or before a pause ends.
update leads set clock_from = greatest(status_since, updated_at)
    where paused_until is null and clock_from > greatest(status_since, updated_at);
