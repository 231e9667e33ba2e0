//! The colour of a status, and the twelve swatches to choose from.

use crate::i18n::Message;
use crate::records::checked_text::checked_text;

checked_text! {
    /// A colour as `#rrggbb` in lower case.
    pub struct Color;
}

impl Color {
    /// The colour in `#rrggbb` or `#rgb`, in upper or lower case.
    pub fn parse(typed: &str) -> Result<Color, Message> {
        let refusal = || Message::new("status-color-invalid");
        let digits = typed.trim().strip_prefix('#').ok_or_else(refusal)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refusal());
        }
        let digits = digits.to_ascii_lowercase();
        match digits.len() {
            6 => Ok(Color(format!("#{digits}"))),
            3 => Ok(Color(digits.chars().fold(
                "#".to_owned(),
                |mut hex, digit| {
                    hex.extend([digit, digit]);
                    hex
                },
            ))),
            _ => Err(refusal()),
        }
    }

    /// The swatch that has this colour in light or in dark; nothing for a custom colour.
    pub fn hue(&self) -> Option<Hue> {
        Hue::ALL
            .into_iter()
            .find(|hue| self.0 == hue.hex() || self.0 == hue.dark_hex())
    }
}

impl Default for Color {
    fn default() -> Color {
        Hue::Slate.color()
    }
}

macro_rules! hues {
    ($($hue:ident $word:literal $light:literal $dark:literal),* $(,)?) => {
        /// One of the twelve swatches, tuned for contrast in light and dark.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Hue { $($hue),* }

        impl Hue {
            /// The swatches in the order in which they are offered.
            pub const ALL: [Hue; 12] = [$(Hue::$hue),*];

            /// The word in class names: `slate`.
            pub fn as_str(self) -> &'static str {
                match self { $(Hue::$hue => $word),* }
            }

            /// The catalogue key of the name that people read.
            pub fn key(self) -> &'static str {
                match self { $(Hue::$hue => concat!("status-hue-", $word)),* }
            }

            /// The dot in light, which is what the `color` field holds.
            pub fn hex(self) -> &'static str {
                match self { $(Hue::$hue => $light),* }
            }

            /// The dot in dark.
            pub fn dark_hex(self) -> &'static str {
                match self { $(Hue::$hue => $dark),* }
            }
        }
    };
}

hues! {
    Slate "slate" "#74809a" "#99a5bd",
    Red "red" "#d24c49" "#f47b74",
    Orange "orange" "#ca5a01" "#ef8448",
    Amber "amber" "#a97500" "#d79700",
    Lime "lime" "#6c8e03" "#8fb43f",
    Green "green" "#049a4e" "#4dbf74",
    Teal "teal" "#039585" "#00beab",
    Cyan "cyan" "#0090a8" "#02b8d6",
    Blue "blue" "#2a80e2" "#60a7ff",
    Indigo "indigo" "#6572e4" "#8b9bfe",
    Violet "violet" "#9163d5" "#b48df4",
    Pink "pink" "#c74c8e" "#e97ab2",
}

impl Hue {
    /// The colour that choosing this swatch sets.
    pub fn color(self) -> Color {
        Color(self.hex().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_stored_as_six_lower_case_digits() {
        for (typed, expected) in [
            ("#9163D5", "#9163d5"),
            (" #Fa0 ", "#ffaa00"),
            ("#000", "#000000"),
        ] {
            assert_eq!(Color::parse(typed).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for bad in [
            "", "#", "red", "9163d5", "#12", "#1234", "#12345g", "#1234567", "#ééé", "url(x)",
        ] {
            assert!(Color::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_swatch_is_found_by_its_light_and_its_dark_colour() {
        for hue in Hue::ALL {
            assert_eq!(Color::parse(hue.hex()).unwrap().hue(), Some(hue));
            assert_eq!(Color::parse(hue.dark_hex()).unwrap().hue(), Some(hue));
        }
        assert_eq!(Color::parse("#123456").unwrap().hue(), None);
        assert_eq!(Color::default().as_str(), "#74809a");
    }
}
