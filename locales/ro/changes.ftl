# Words we use: see web.ftl.

status-api-created = Status creat.
status-api-updated = Status salvat.
status-api-deleted = Status șters.
status-api-ordered = Ordine salvată.
status-api-would-delete = Statusul ar fi șters.
status-api-would-not-delete = Statusul nu poate fi șters: este încă folosit.
status-name-taken = Alt status se numește deja „{ $name }”; literele mari și diacriticele nu contează. Alegeți alt nume.
status-restore-name-taken = Alt status se numește acum „{ $name }”. Redenumiți-l mai întâi, apoi restaurați-l pe acesta.
status-replace-itself = Și înlocuitorul este eliminat. Alegeți altul.
status-replace-archived = Înlocuitorul este arhivat. Alegeți un status activ.
status-replace-unknown = Înlocuitorul nu există. Alegeți alt status.
status-role-not-dropped = Un status are mereu acest rol. Dați-l altui status.
status-undo-stale = „{ $name }” a fost modificat între timp. Nu s-a anulat nimic.
status-undo-order-stale = Ordinea a fost modificată între timp. Nu s-a anulat nimic.
