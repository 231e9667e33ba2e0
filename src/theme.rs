//! Light and dark.

use crate::words::word_enum;

word_enum! {
    /// The theme of pages.
    #[derive(Default)]
    pub enum Theme {
        /// As the system is set.
        #[default]
        Auto = "auto",
        Light = "light",
        Dark = "dark",
    }
}
