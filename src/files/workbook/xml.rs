use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufReader, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::files::workbook::messages::{not_a_workbook, unreadable};
use crate::i18n::Message;

/// The most bytes of one tag or text.
const LONGEST: u64 = 1 << 20;
/// The deepest nesting of elements; sheets need five.
const DEEPEST: usize = 64;
const BUFFER: usize = 32 * 1024;

/// XML that is read tag by tag, each of limited length, in limited depth and from a limited number of bytes.
pub struct Xml<'a> {
    reader: Reader<BufReader<Metered<'a>>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// A reader that counts and limits its bytes.
struct Metered<'a> {
    input: Box<dyn Read + 'a>,
    /// Bytes that the workbook may still unpack to.
    left: &'a Cell<u64>,
    /// Bytes that the present tag or text may still take.
    longest: u64,
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = self.left.get().min(self.longest).min(into.len() as u64);
        if most == 0 && !into.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = self.input.read(&mut into[..most as usize])?;
        self.left.set(self.left.get() - length as u64);
        self.longest -= length as u64;
        Ok(length)
    }
}

impl<'a> Xml<'a> {
    pub fn new(input: Box<dyn Read + 'a>, left: &'a Cell<u64>) -> Xml<'a> {
        let metered = Metered {
            input,
            left,
            longest: LONGEST,
        };
        let mut reader = Reader::from_reader(BufReader::with_capacity(BUFFER, metered));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Xml {
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// The next tag or text; an empty element comes as its begin and its end.
    ///
    /// # Errors
    /// The sentence to show: no XML, or more of it than is allowed.
    pub fn next(&mut self) -> Result<Event<'_>, Message> {
        self.buffer.clear();
        let metered = self.reader.get_mut().get_mut();
        metered.longest = LONGEST;
        let left = metered.left;
        let event = self.reader.read_event_into(&mut self.buffer);
        let event = event.map_err(|cause| fault(left, cause))?;
        match &event {
            Event::Start(_) if self.depth == DEEPEST => {
                return Err(not_a_workbook());
            }
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Adds the text of the element that has just begun to `into`, up to its end.
    ///
    /// # Errors
    /// As [`Xml::next`], and for a text that is too long.
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
            if into.len() as u64 > LONGEST {
                return Err(not_a_workbook());
            }
        }
    }

    /// Goes past the end of the element that has just begun.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn skip(&mut self) -> Result<(), Message> {
        let depth = self.depth;
        while self.depth >= depth {
            if matches!(self.next()?, Event::Eof) {
                return Err(not_a_workbook());
            }
        }
        Ok(())
    }

    /// Reads to the end, where the archive says whether the bytes are those that were packed.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn finish(self) -> Result<(), Message> {
        let mut input = self.reader.into_inner();
        let left = input.get_ref().left;
        input.get_mut().longest = u64::MAX;
        let read = io::copy(&mut input, &mut io::sink());
        read.map(drop).map_err(|cause| fault(left, cause))
    }
}

fn fault(left: &Cell<u64>, cause: impl std::fmt::Display) -> Message {
    match left.get() {
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
/// The sentence to show for a tag that is none.
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

/// True if an attribute is there and says so.
///
/// # Errors
/// As [`attribute`].
pub fn is_on(tag: &BytesStart, name: &str) -> Result<bool, Message> {
    let value = attribute(tag, name)?;
    Ok(value.is_some_and(|value| matches!(&*value, "1" | "true" | "on")))
}
