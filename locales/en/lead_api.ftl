# Words we use: see web.ftl.

lead-api-created = Lead created.
lead-api-updated = Lead saved.
lead-api-deleted = Lead moved to the bin.
lead-api-would-delete = The lead would move to the bin. You can restore it from there.
lead-api-restored = Lead restored.
lead-api-not-in-bin = The lead isn’t in the bin. Nothing was changed.
lead-api-moved = Lead moved.
lead-api-would-move = The lead would move.
lead-api-there = The lead is already in this status. Nothing was changed.
lead-api-paused = Lead paused.
lead-api-resumed = Lead resumed.
lead-api-noted = Note added.
lead-api-voided = Move undone.
lead-api-after = Send the `next` of the previous page, with the same `sort`
lead-api-term = Enter what to search for
lead-api-created-at-fixed = A lead keeps the day on which it was made. Leave this out
lead-api-created-at-rights = Only managers and administrators can say when a lead was made. Leave this out
lead-api-closing-none = No active status is for such leads. Send `status`
lead-api-closing-several = Several active statuses are for such leads. Send `status`
lead-api-limit = Send a number from 1 to { $count }
lead-api-offset = Send a whole number from 0
lead-api-until = Send the day on which it resumes, such as 2026-12-24, or an empty `until` to resume now
