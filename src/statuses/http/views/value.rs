//! The display of a field's value.

use crate::i18n::Lang;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::snapshot::DisplayValue;

/// A value of a field in the history or a comparison.
pub struct ValueView {
    pub text: String,
    /// The colour of the dot beside the text.
    pub color: Option<Color>,
    /// True if there is no value, and the text says so.
    pub is_none: bool,
}

impl ValueView {
    /// The value in a language.
    pub fn of(shown: &DisplayValue, lang: Lang) -> ValueView {
        let color = match shown {
            DisplayValue::Color(hex) => Color::parse(hex).ok(),
            _ => None,
        };
        let name = color
            .as_ref()
            .and_then(Color::hue)
            .map(|hue| lang.t(hue.key()));
        ValueView {
            text: name.map_or_else(|| shown.text(lang), str::to_owned),
            color,
            is_none: *shown == DisplayValue::Empty,
        }
    }
}
