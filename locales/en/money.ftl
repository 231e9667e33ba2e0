# Words we use: see web.ftl.

money-currency-unknown = Use a currency code of three letters, such as EUR
money-number = Use a number such as 1054 or 1054.50, without a sign
money-typed = Use a number such as { $example }, without a sign
money-two-readings = “{ $typed }” could be { $large } or { $small }. Enter one of these
money-file-two-readings = This could be { $large } or { $small }. Choose the mark before the cents, or write the amount without other marks
money-other-currency = The sign means { $sign }, and the currency is { $currency }. Correct one of them
money-sign-ambiguous = Several currencies have this sign. Name the currency
money-fine = { $currency } has at most { $count } decimals
money-large = Use an amount of at most 14 digits
