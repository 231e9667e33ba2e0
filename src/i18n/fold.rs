//! Texts as search and uniqueness compare them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text as search compares it: lower case, without accents, so that `s`, `ș` and `ş` are one.
/// Letters that Unicode doesn't decompose are spelt out (`ß` → `ss`, `ł` → `l`).
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        for low in letter.to_lowercase() {
            match low {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' | 'ð' => folded.push('d'),
                'ı' => folded.push('i'),
                'ς' => folded.push('σ'),
                c if is_combining_mark(c) || is_invisible(c) => {}
                c => folded.push(c),
            }
        }
    }
    folded
}

/// A name as uniqueness compares it: folded, with runs of white space as one space.
pub fn fold_name(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as searches compare it: folded, with [`unify_marks`].
pub fn fold_search(name: &str) -> String {
    unify_marks(&fold_name(name))
}

/// All apostrophes as one, and all hyphens and dashes as another.
pub fn unify_marks(text: &str) -> String {
    let alike = |c: char| match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' | '`' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    };
    text.chars().map(alike).collect()
}

/// Invisible characters, which are ignored: zero-width ones and direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A pattern for `LIKE … ESCAPE '\'` that finds `query` anywhere in a folded text.
pub fn like_pattern(query: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold_search(query).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanian_letters_find_each_other() {
        assert_eq!(fold("Țară ȘI ţară şi"), "tara si tara si");
    }

    #[test]
    fn names_that_look_alike_fold_alike() {
        assert_eq!(fold_name(" Qualified \u{200b}"), fold_name("QUÁLIFIED"));
        assert_eq!(fold_name("Straße"), fold_name("STRASSE"));
    }

    #[test]
    fn apostrophes_are_one_and_so_are_hyphens() {
        assert_eq!(fold_search("O’Neill‑Pop – Țuțea"), "o'neill-pop - tutea");
        assert_eq!(fold_name("O’Neill"), "o’neill", "names tell them apart");
    }

    #[test]
    fn wildcards_in_a_query_stand_for_themselves() {
        assert_eq!(like_pattern("50%_\\"), "%50\\%\\_\\\\%");
    }
}
