money-currency-unknown = Use a currency code of three letters, such as EUR
money-number = Use a number such as 1054 or 1054.50, without a sign
money-typed = Use a number such as { $example }, without a sign
money-two-readings = “{ $typed }” could be { $large } or { $small }: write one of these
money-fine = { $currency } has { $count } decimals at most
money-large = Use a smaller amount: up to 14 digits in all
