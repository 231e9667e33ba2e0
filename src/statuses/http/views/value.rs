//! The display of a field's value.

use crate::i18n::Lang;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::snapshot::DisplayValue;
use crate::web::{ColorDot, ValueView};

/// The value in a language.
pub fn value_view(shown: &DisplayValue, lang: Lang) -> ValueView {
    let color = match shown {
        DisplayValue::Color(hex) => Color::parse(hex).ok(),
        _ => None,
    };
    let hue = color.as_ref().and_then(Color::hue);
    ValueView {
        text: hue.map_or_else(|| shown.text(lang), |hue| lang.t(hue.key()).to_owned()),
        color: color.map(|color| ColorDot {
            hue: hue.map(|hue| hue.as_str()),
            hex: color.to_string(),
        }),
        is_none: *shown == DisplayValue::Empty,
    }
}
