//! Cells without a value: words that mean nothing, such as `n/a`, and errors of formulas.

/// Words that programs and people write into blank cells.
const BLANK_WORDS: [&str; 16] = [
    "-", "--", "—", "–", "n/a", "na", "n.a.", "null", "(null)", "nil", "none", "#n/a", "#nv",
    "(blank)", "?", "\\n",
];

/// The errors of formulas, as spreadsheets write them in English, German and Romanian.
const CELL_ERRORS: [&str; 17] = [
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#NV",
    "#BEZUG!",
    "#WERT!",
    "#ZAHL!",
    "#NUME?",
    "#VALOARE!",
    "#GETTING_DATA",
    NOT_COMPUTED,
];

/// The text of a formula without a result: some programs write formulas and don't compute them.
pub const NOT_COMPUTED: &str = "#FORMULA!";

/// What blank cells mean, and which are blank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BlankCells {
    /// True if they erase the value that the record has.
    pub should_erase: bool,
    /// True if words such as `n/a` are blank.
    pub has_blank_words: bool,
}

impl BlankCells {
    /// True for the text of a blank cell.
    pub fn is_blank(self, text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || (self.has_blank_words && is_blank_word(text))
    }
}

/// True for a word that means nothing.
pub fn is_blank_word(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.len() <= 8 && BLANK_WORDS.contains(&lower.as_str())
}

/// True for an error of a formula.
pub fn is_cell_error(text: &str) -> bool {
    text.starts_with('#') && CELL_ERRORS.contains(&text)
}

/// The catalogue key of the problem of a cell with an error.
pub fn cell_error_key(text: &str) -> &'static str {
    match text == NOT_COMPUTED {
        true => "import-not-computed",
        false => "import-cell-error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_known_in_any_case() {
        for word in ["N/A", "NULL", "-", "None"] {
            assert!(is_blank_word(word), "{word}");
        }
        for word in ["Nana", "0", "", "x"] {
            assert!(!is_blank_word(word), "{word}");
        }
    }
}
