//! The texts that cells share.

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
    /// The offset at which each text begins, and that at which the last one ends: eight bytes for each.
    offsets: Spool,
    count: u64,
}

impl Strings {
    /// No texts.
    pub fn none() -> Strings {
        Strings {
            texts: Spool::default(),
            offsets: Spool::default(),
            count: 0,
        }
    }

    /// Reads all texts.
    ///
    /// # Errors
    /// Returns the message to show for invalid XML, too many texts, or texts that can't be written.
    pub fn read(mut xml: Xml) -> Result<Strings, Message> {
        let (mut texts, mut offsets) = (SpoolWriter::default(), SpoolWriter::default());
        let (mut offset, mut count, mut text) = (0u64, 0u64, String::new());
        offsets.write(&offset.to_le_bytes())?;
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
            offset += text.len() as u64;
            offsets.write(&offset.to_le_bytes())?;
            count += 1;
        }
        Ok(Strings {
            texts: texts.finish()?,
            offsets: offsets.finish()?,
            count,
        })
    }

    /// Adds the text of this number to `into`.
    ///
    /// # Errors
    /// Returns the message to show if there is none.
    pub fn get(&mut self, number: u64, into: &mut String) -> Result<(), Message> {
        if number >= self.count {
            return Err(not_a_workbook());
        }
        let mut offsets = [0; 16];
        self.offsets.read(number * 8, &mut offsets)?;
        let offsets = u128::from_le_bytes(offsets);
        let (start, end) = (offsets as u64, (offsets >> 64) as u64);
        let mut bytes = vec![0; (end - start) as usize];
        self.texts.read(start, &mut bytes)?;
        into.push_str(std::str::from_utf8(&bytes).map_err(unreadable)?);
        Ok(())
    }
}

/// Adds the text of the element that has just begun: its runs, without their pronunciation.
///
/// # Errors
/// Returns the errors of [`Xml::next`].
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
    let (mut remaining, mut units) = (text, Vec::new());
    while let Some(offset) = remaining.find('_') {
        into.push_str(&remaining[..offset]);
        remaining = &remaining[offset..];
        units.clear();
        while let Some(unit) = escaped_unit(remaining) {
            units.push(unit);
            remaining = &remaining[7..];
        }
        if units.is_empty() {
            into.push('_');
            remaining = &remaining[1..];
        }
        let characters = char::decode_utf16(units.iter().copied());
        into.extend(characters.map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    into.push_str(remaining);
}

/// The UTF-16 unit of an escape at the start of a text.
fn escaped_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}
