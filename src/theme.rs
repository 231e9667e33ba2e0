/// How the page is lit; `auto` follows the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// The themes there are, in the order of the profile's choice.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The word in the profile and in `data-theme`.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a word; `auto` for unknown ones.
    pub fn from_word(word: &str) -> Theme {
        Theme::ALL
            .into_iter()
            .find(|theme| theme.as_str() == word)
            .unwrap_or_default()
    }
}
