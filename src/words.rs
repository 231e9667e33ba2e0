//! Enums whose values are words: in the database, on the command line, in URLs and in forms.

/// Makes an enum from a table of its variants and their words, and where a third column names them, of the catalogue
/// keys of their names.
macro_rules! word_enum {
    ($(#[$about:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal, $key:literal;)+
    }) => {
        $crate::words::word_enum! {
            $(#[$about])* $vis enum $name { $($(#[$doc])* $variant = $word,)+ }
        }

        impl $name {
            /// The catalogue key of its name.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }
        }
    };
    ($(#[$about:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal,)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name { $($(#[$doc])* $variant),+ }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

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
