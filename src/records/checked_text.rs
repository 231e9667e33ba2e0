//! Texts as types: a value of such a type was checked.

/// Defines a text type. Its `parse`, which each type writes itself, makes one from a text.
macro_rules! checked_text {
    ($(#[$about:meta])* pub struct $name:ident;) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A text from the database, not checked again.
            pub fn stored(text: String) -> $name {
                $name(text)
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// True for an empty text.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use checked_text;
