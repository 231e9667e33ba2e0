use quick_xml::events::Event;

use crate::files::workbook::messages::{not_a_workbook, unreadable};
use crate::files::workbook::spool::{Spool, SpoolWriter};
use crate::files::workbook::xml::{Xml, attribute};
use crate::i18n::Message;

/// The most texts that cells share.
const MAX_STRINGS: u64 = 1 << 24;

/// The texts that cells share, by number. Cells refer to them in about this order, so that a few cached blocks serve
/// nearly every read.
pub struct Strings {
    texts: Spool,
    /// Where each text begins, and where the last one ends: eight bytes for each.
    places: Spool,
    count: u64,
}

impl Strings {
    /// No texts.
    pub fn none() -> Strings {
        Strings {
            texts: Spool::default(),
            places: Spool::default(),
            count: 0,
        }
    }

    /// Reads them all.
    ///
    /// # Errors
    /// The sentence to show: no XML, too many texts, or no space to keep them.
    pub fn read(mut xml: Xml) -> Result<Strings, Message> {
        let (mut texts, mut places) = (SpoolWriter::default(), SpoolWriter::default());
        let (mut at, mut count, mut text) = (0u64, 0u64, String::new());
        places.write(&at.to_le_bytes())?;
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "si" => {}
                Event::Eof => break,
                _ => continue,
            }
            if count == MAX_STRINGS {
                return Err(Message::new("import-workbook-large"));
            }
            text.clear();
            rich_text(&mut xml, &mut text)?;
            texts.write(text.as_bytes())?;
            at += text.len() as u64;
            places.write(&at.to_le_bytes())?;
            count += 1;
        }
        Ok(Strings {
            texts: texts.finish()?,
            places: places.finish()?,
            count,
        })
    }

    /// Adds the text of this number to `into`.
    ///
    /// # Errors
    /// The sentence to show if there is none.
    pub fn get(&mut self, number: u64, into: &mut String) -> Result<(), Message> {
        if number >= self.count {
            return Err(not_a_workbook());
        }
        let mut ends = [0; 16];
        self.places.read(number * 8, &mut ends)?;
        let end = |at: usize| {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&ends[at..at + 8]);
            u64::from_le_bytes(bytes)
        };
        let mut bytes = vec![0; (end(8) - end(0)) as usize];
        self.texts.read(end(0), &mut bytes)?;
        into.push_str(std::str::from_utf8(&bytes).map_err(unreadable)?);
        Ok(())
    }
}

/// Adds the text of the element that has just begun: its runs, without their pronunciation.
///
/// # Errors
/// As [`Xml::next`].
pub fn rich_text(xml: &mut Xml, into: &mut String) -> Result<(), Message> {
    enum TextTag {
        Text { keeps_space: bool },
        Phonetic,
        Other,
    }
    let depth = xml.depth();
    let mut run = String::new();
    while xml.depth() >= depth {
        let tag = match xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => TextTag::Text {
                    keeps_space: attribute(&tag, "space")?.is_some_and(|value| value == "preserve"),
                },
                "rPh" => TextTag::Phonetic,
                _ => TextTag::Other,
            },
            Event::Eof => return Err(not_a_workbook()),
            _ => TextTag::Other,
        };
        match tag {
            TextTag::Text { keeps_space } => {
                run.clear();
                xml.text(&mut run)?;
                match keeps_space {
                    true => unescape(&run, into),
                    false => unescape(run.trim_matches([' ', '\t', '\r', '\n']), into),
                }
            }
            TextTag::Phonetic => xml.skip()?,
            TextTag::Other => {}
        }
    }
    Ok(())
}

/// Adds a text in which escapes such as `_x000D_` are characters that XML can't hold.
pub fn unescape(text: &str, into: &mut String) {
    let (mut rest, mut units) = (text, Vec::new());
    while let Some(at) = rest.find('_') {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        units.clear();
        while let Some(unit) = escaped(rest) {
            units.push(unit);
            rest = &rest[7..];
        }
        if units.is_empty() {
            into.push('_');
            rest = &rest[1..];
        }
        let characters = char::decode_utf16(units.iter().copied());
        into.extend(characters.map(|found| found.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    into.push_str(rest);
}

/// The UTF-16 unit of an escape at the start of a text.
fn escaped(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}
