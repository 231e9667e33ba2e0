# Words we use: see web.ftl.

status-api-created = Status created.
status-api-updated = Status saved.
status-api-deleted = Status deleted.
status-api-ordered = Order saved.
status-api-would-delete = The status would be deleted.
status-api-would-not-delete = The status can’t be deleted: it is still in use.
status-name-taken = Another status is already called “{ $name }”; upper case and accents make no difference. Choose another name.
status-restore-name-taken = Another status is now called “{ $name }”. Rename it first, then restore this one.
status-replace-itself = The replacement is being removed too. Choose another.
status-replace-archived = The replacement is archived. Choose an active status.
status-replace-unknown = The replacement doesn’t exist. Choose another status.
status-role-not-dropped = One status always has this role. Give it to another status instead.
status-undo-stale = “{ $name }” was changed since. Nothing was undone.
status-undo-order-stale = The order was changed since. Nothing was undone.
