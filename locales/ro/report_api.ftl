# Errors in the parameters of reports.
report-to-before-from = Introdu o zi de după prima
report-now-to-come = Introdu un moment care nu e în viitor
report-within = Introdu un număr de zile între 1 și { $most }
