use crate::i18n::Lang;
use crate::statuses::{Color, Shown};

/// A value of a field in a history or a comparison.
pub struct Value {
    pub text: String,
    /// Shown as a dot beside its text.
    pub color: Option<Color>,
    /// True if there is no value, and the text says so.
    pub is_none: bool,
}

impl Value {
    /// The value in words.
    pub fn of(shown: &Shown, lang: Lang) -> Value {
        let color = match shown {
            Shown::Color(hex) => Color::parse(hex).ok(),
            _ => None,
        };
        let name = color
            .as_ref()
            .and_then(Color::hue)
            .map(|hue| lang.t(hue.key()));
        Value {
            text: name.map_or_else(|| shown.text(lang), str::to_owned),
            color,
            is_none: *shown == Shown::Nothing,
        }
    }
}
