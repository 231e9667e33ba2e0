use std::collections::HashMap;

use quick_xml::events::Event;

use crate::files::workbook::faults::no_workbook;
use crate::files::workbook::xml::{Xml, attribute};
use crate::i18n::Message;

/// The most formats that cells may have; spreadsheets write some 65,000 at most.
const MAX_FORMATS: usize = 1 << 17;

/// Which formats show a number as a date or a time.
#[derive(Debug, Default)]
pub struct Formats {
    is_date: Vec<bool>,
}

impl Formats {
    /// Reads them from the styles of a workbook.
    ///
    /// # Errors
    /// As [`Xml::next`], and for too many formats.
    pub fn read(mut xml: Xml) -> Result<Formats, Message> {
        let (mut custom, mut formats) = (HashMap::<u32, bool>::new(), Formats::default());
        let (mut is_custom, mut is_of_cells) = (false, false);
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "numFmts" => is_custom = true,
                    "cellXfs" => is_of_cells = true,
                    "numFmt" if is_custom => {
                        let id = attribute(&tag, "numFmtId")?.and_then(|id| id.parse().ok());
                        let code = attribute(&tag, "formatCode")?;
                        if let (Some(id), Some(code)) = (id, code) {
                            custom.insert(id, shows_a_date(&code));
                        }
                    }
                    "xf" if is_of_cells => {
                        let id = attribute(&tag, "numFmtId")?.and_then(|id| id.parse().ok());
                        let is_date = |id: u32| *custom.get(&id).unwrap_or(&is_built_in_date(id));
                        formats.is_date.push(id.is_some_and(is_date));
                    }
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "numFmts" => is_custom = false,
                    "cellXfs" => is_of_cells = false,
                    _ => {}
                },
                Event::Eof => return Ok(formats),
                _ => {}
            }
            if custom.len().max(formats.is_date.len()) > MAX_FORMATS {
                return Err(no_workbook());
            }
        }
    }

    /// True if the format of this number shows a date or a time.
    pub fn is_date(&self, format: usize) -> bool {
        self.is_date.get(format).copied().unwrap_or(false)
    }
}

/// Formats that spreadsheets know by number alone (ECMA-376, 18.8.30, with those of East Asian languages).
fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// True if a format shows days or hours: its first section holds a letter of a date that is neither quoted nor
/// escaped, or hours, minutes or seconds in brackets. The rule is that of calamine, ported from openpyxl.
fn shows_a_date(code: &str) -> bool {
    let (mut is_escaped, mut is_quoted, mut brackets) = (false, false, 0u32);
    let (mut before, mut counts_hours, mut after_a) = (' ', false, false);
    for c in code.chars() {
        let low = c.to_ascii_lowercase();
        match c {
            _ if is_escaped => is_escaped = false,
            '_' | '\\' | '*' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            ';' => return false,
            '[' => brackets += 1,
            ']' if brackets == 1 && counts_hours => return true,
            ']' => brackets = brackets.saturating_sub(1),
            _ if brackets == 0 && !after_a && low == 'a' => after_a = true,
            _ if brackets == 0 && after_a && matches!(low, 'p' | 'm' | '/') => return true,
            _ if brackets == 0 && !after_a && matches!(low, 'd' | 'm' | 'h' | 'y' | 's') => {
                return true;
            }
            _ if counts_hours && low == before.to_ascii_lowercase() => {}
            _ => counts_hours = before == '[' && matches!(low, 'm' | 'h' | 's'),
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_recognized_by_their_format() {
        for code in [
            "DD/MM/YY",
            "H:MM:SS;@",
            "m\"M\"d\"D\";@",
            "[h]:mm:ss",
            "[ss]",
            "[s].000",
            "ha/p\\\\m",
            "[$-404]e\"\\xfc\"m\"\\xfc\"d\"\\xfc\"",
            "[Blue]\\+[h]:mm;[Red]\\-[h]:mm",
            "*-yyyy-mm-dd",
            "[>=100][Magenta][s].00",
        ] {
            assert!(shows_a_date(code), "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0\\ [$\\u20bd-46D]",
            "\"$\"#,##0_);[Red](\"$\"#,##0)",
            "\\Y000000",
            "0_ ;[Red]\\-0\\ ",
            "#,##0.0####\" YMD\"",
            "[>=100][Magenta]General",
            "#,##0*y",
            "0\"x\"*d",
            "\"Y: \"0.00\"m\";\"Y: \"-0.00\"m\";@",
        ] {
            assert!(!shows_a_date(code), "{code}");
        }
    }
}
