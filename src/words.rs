//! Enums whose values are words: in the database, on the command line, in URLs and in forms.

/// Makes an enum from a table of its variants and their words.
macro_rules! word_enum {
    ($(#[$about:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal,)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All values, in the order of the table.
            pub const ALL: [$name; [$($word),+].len()] = [$($name::$variant),+];

            /// The word of this value.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The value of a word; nothing for an unknown one.
            pub fn from_word(word: &str) -> Option<$name> {
                match word {
                    $($word => Some($name::$variant),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use word_enum;
