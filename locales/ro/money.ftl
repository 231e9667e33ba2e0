# Words we use: see web.ftl.

money-currency-unknown = Folosiți un cod de monedă din trei litere, de exemplu EUR
money-number = Folosiți un număr precum 1054 sau 1054.50, fără semn
money-typed = Folosiți un număr precum { $example }, fără semn
money-two-readings = „{ $typed }” poate fi { $large } sau { $small }. Scrieți una dintre aceste valori
money-file-two-readings = Aceasta poate fi { $large } sau { $small }. Alegeți semnul zecimal sau scrieți suma fără alte semne
money-other-currency = Semnul înseamnă { $sign }, iar moneda este { $currency }. Corectați una dintre ele
money-sign-ambiguous = Mai multe monede au acest semn. Numiți moneda
money-fine = { $currency } are cel mult { $count } zecimale
money-large = Folosiți o sumă de cel mult 14 cifre
