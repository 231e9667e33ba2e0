# Errors in the parameters of reports.
report-to-before-from = Enter a day after the first one
report-now-to-come = Enter an instant that is not in the future
report-within = Enter a number of days from 1 to { $most }
