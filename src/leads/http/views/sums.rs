//! Sums of money, short and exact, for the heads of the columns of the board.

use crate::i18n::Lang;
use crate::money::{Currency, Money};
use crate::web::Page;

/// An amount in short: `128k EUR`, `1.2M EUR`.
pub fn compact(page: &Page, (code, cents): &(String, i64)) -> String {
    let money = money(code, *cents);
    let major = money.to_number().round() as i64;
    let (key, unit) = match major {
        ..10_000 => return whole(major, page.lang, &money),
        10_000..1_000_000 => ("board-sum-thousands", 1_000),
        1_000_000..1_000_000_000 => ("board-sum-millions", 1_000_000),
        _ => ("board-sum-billions", 1_000_000_000),
    };
    let tenths = major * 10 / unit;
    let point = if page.lang == Lang::En { '.' } else { ',' };
    let amount = match (tenths % 10, tenths / 10) {
        // A decimal helps only in a number below 100.
        (0, whole) | (_, whole @ 100..) => page.lang.number(whole),
        (tenth, whole) => format!("{whole}{point}{tenth}"),
    };
    format!("{}\u{a0}{}", page.t1(key, "amount", amount), money.currency)
}

fn whole(major: i64, lang: Lang, money: &Money) -> String {
    format!("{}\u{a0}{}", lang.number(major), money.currency)
}

/// The sum of a column in this currency in short, or in another one if it has none; further ones are only counted.
pub fn short(page: &Page, sums: &[(String, i64)], currency: Option<&str>) -> String {
    let in_currency = sums
        .iter()
        .find(|(code, _)| Some(code.as_str()) == currency);
    let Some(sum) = in_currency.or(sums.first()) else {
        return String::new();
    };
    match sums.len() - 1 {
        0 => compact(page, sum),
        others => format!("{} +{others}", compact(page, sum)),
    }
}

/// The sums of a column, to the last digit.
pub fn exact(page: &Page, sums: &[(String, i64)]) -> String {
    let text = |(code, cents): &(String, i64)| money(code, *cents).text(page.lang);
    sums.iter().map(text).collect::<Vec<_>>().join(" · ")
}

fn money(code: &str, cents: i64) -> Money {
    Money {
        cents,
        currency: Currency::parse(code).unwrap_or(Currency::DEFAULT),
    }
}
