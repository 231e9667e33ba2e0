//! Reads XML tag by tag, within limits.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufReader, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::files::workbook::messages::{not_a_workbook, unreadable};
use crate::i18n::Message;

/// The most bytes of one tag or text.
const MAX_ITEM_BYTES: u64 = 1 << 20;
/// The deepest nesting of elements; sheets need five.
const MAX_DEPTH: usize = 64;
const BUFFER: usize = 32 * 1024;

/// XML that is read tag by tag, each of limited length, in limited depth and from a limited number of bytes.
pub struct Xml<'a> {
    reader: Reader<BufReader<LimitedReader<'a>>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// A reader that counts and limits its bytes.
struct LimitedReader<'a> {
    input: Box<dyn Read + 'a>,
    /// Bytes that the workbook may still unpack to.
    remaining: &'a Cell<u64>,
    /// Bytes that the current tag or text may still take.
    remaining_of_item: u64,
}

impl Read for LimitedReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let max = self
            .remaining
            .get()
            .min(self.remaining_of_item)
            .min(into.len() as u64);
        if max == 0 && !into.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = self.input.read(&mut into[..max as usize])?;
        self.remaining.set(self.remaining.get() - length as u64);
        self.remaining_of_item -= length as u64;
        Ok(length)
    }
}

impl<'a> Xml<'a> {
    pub fn new(input: Box<dyn Read + 'a>, remaining: &'a Cell<u64>) -> Xml<'a> {
        let limited = LimitedReader {
            input,
            remaining,
            remaining_of_item: MAX_ITEM_BYTES,
        };
        let mut reader = Reader::from_reader(BufReader::with_capacity(BUFFER, limited));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Xml {
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// The next tag or text; an empty element is returned as its start and its end.
    ///
    /// # Errors
    /// Returns the message to show for invalid XML, or more of it than is allowed.
    pub fn next(&mut self) -> Result<Event<'_>, Message> {
        self.buffer.clear();
        let limited = self.reader.get_mut().get_mut();
        limited.remaining_of_item = MAX_ITEM_BYTES;
        let remaining = limited.remaining;
        let event = self.reader.read_event_into(&mut self.buffer);
        let event = event.map_err(|cause| error_message(remaining, cause))?;
        match &event {
            Event::Start(_) if self.depth == MAX_DEPTH => {
                return Err(not_a_workbook());
            }
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
    }

    /// The number of open elements.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Adds the text of the element that has just begun to `into`, up to its end.
    ///
    /// # Errors
    /// Returns the errors of [`Xml::next`], and one for a text that is too long.
    pub fn text(&mut self, into: &mut String) -> Result<(), Message> {
        let depth = self.depth;
        loop {
            match self.next()? {
                Event::Text(text) => into.push_str(&text.xml10_content()),
                Event::CData(text) => into.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => into.push(character(&name)?),
                Event::Eof => return Err(not_a_workbook()),
                _ => {}
            }
            if self.depth < depth {
                return Ok(());
            }
            if into.len() as u64 > MAX_ITEM_BYTES {
                return Err(not_a_workbook());
            }
        }
    }

    /// Skips to the end of the element that has just begun.
    ///
    /// # Errors
    /// Returns the errors of [`Xml::next`].
    pub fn skip(&mut self) -> Result<(), Message> {
        let depth = self.depth;
        while self.depth >= depth {
            if matches!(self.next()?, Event::Eof) {
                return Err(not_a_workbook());
            }
        }
        Ok(())
    }

    /// Reads to the end, where the archive checks the checksum of the bytes.
    ///
    /// # Errors
    /// Returns the errors of [`Xml::next`].
    pub fn finish(self) -> Result<(), Message> {
        let mut input = self.reader.into_inner();
        let remaining = input.get_ref().remaining;
        input.get_mut().remaining_of_item = u64::MAX;
        let read = io::copy(&mut input, &mut io::sink());
        read.map(drop)
            .map_err(|cause| error_message(remaining, cause))
    }
}

fn error_message(remaining: &Cell<u64>, cause: impl std::fmt::Display) -> Message {
    match remaining.get() {
        0 => Message::new("import-workbook-large"),
        _ => unreadable(cause),
    }
}

fn character(name: &BytesRef) -> Result<char, Message> {
    Ok(match name.as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        // No other entity is known: what a document declares for itself is never expanded.
        _ => name
            .resolve_char_ref()
            .map_err(unreadable)?
            .ok_or_else(not_a_workbook)?,
    })
}

/// The value of an attribute, whatever its namespace.
///
/// # Errors
/// Returns the message to show for an invalid tag.
pub fn attribute<'e>(tag: &'e BytesStart, name: &str) -> Result<Option<Cow<'e, str>>, Message> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(unreadable)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return value.map(Some).map_err(unreadable);
        }
    }
    Ok(None)
}

/// True if an attribute has a value that means true.
///
/// # Errors
/// Returns the errors of [`attribute`].
pub fn is_on(tag: &BytesStart, name: &str) -> Result<bool, Message> {
    let value = attribute(tag, name)?;
    Ok(value.is_some_and(|value| matches!(&*value, "1" | "true" | "on")))
}
