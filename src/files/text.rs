//! Text files: their check, and decoding while they are read.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};

use crate::files::TextEncoding;
use crate::files::csv::unreadable;
use crate::i18n::Message;

/// Checks that a text is UTF-8 without NUL characters, and not blank.
///
/// # Errors
/// Returns the message to show, with the line.
pub fn check_text(mut text: impl BufRead) -> Result<(), Message> {
    let error_at = |key, line: usize| Err(Message::new(key).with("line", line));
    let (mut line, mut nul, mut is_blank, mut bytes) = (0, None, true, Vec::new());
    while text.read_until(b'\n', &mut bytes).map_err(unreadable)? > 0 {
        line += 1;
        match std::str::from_utf8(&bytes) {
            Ok(text) => is_blank &= text.trim().is_empty(),
            Err(_) => return error_at("import-not-utf8", line),
        }
        nul = nul.or(bytes.contains(&0).then_some(line));
        bytes.clear();
    }
    match nul {
        Some(line) => error_at("import-nul", line),
        None if is_blank => Err(Message::new("import-empty")),
        None => Ok(()),
    }
}

/// A text in any encoding as UTF-8 without a byte order mark, decoded while it is read.
///
/// # Errors
/// Returns an error if the file can't be read. Reading the result fails with [`io::ErrorKind::InvalidData`] and the
/// name of the encoding if the text is not in it; UTF-8 is not checked.
pub fn utf8(input: impl Read + 'static, encoding: TextEncoding) -> io::Result<Box<dyn BufRead>> {
    let mut input = BufReader::with_capacity(BUFFER, input);
    let encoding = encoding.encoding();
    let bom = Encoding::for_bom(input.fill_buf()?);
    if let Some((_, length)) = bom.filter(|(other, _)| *other == encoding) {
        input.consume(length);
    }
    if encoding == UTF_8 {
        return Ok(Box::new(input));
    }
    Ok(Box::new(DecodedText {
        input,
        encoding,
        decoder: encoding.new_decoder_without_bom_handling(),
        decoded: Vec::new(),
        position: 0,
        is_at_end: false,
    }))
}

const BUFFER: usize = 64 * 1024;

/// Decodes a text into UTF-8.
struct DecodedText<R> {
    input: BufReader<R>,
    encoding: &'static Encoding,
    decoder: Decoder,
    decoded: Vec<u8>,
    /// The offset in `decoded` of the next byte.
    position: usize,
    is_at_end: bool,
}

impl<R: Read> DecodedText<R> {
    fn refill(&mut self) -> io::Result<()> {
        self.position = 0;
        self.decoded.resize(BUFFER * 4, 0);
        let bytes = self.input.fill_buf()?;
        let (length, is_last) = (bytes.len(), bytes.is_empty());
        let (_, read, written, has_errors) =
            self.decoder
                .decode_to_utf8(bytes, &mut self.decoded, is_last);
        debug_assert_eq!(read, length);
        self.input.consume(read);
        self.decoded.truncate(written);
        self.is_at_end = is_last;
        match has_errors {
            true => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                self.encoding.name(),
            )),
            false => Ok(()),
        }
    }
}

impl<R: Read> Read for DecodedText<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(into)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for DecodedText<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.position == self.decoded.len() && !self.is_at_end {
            self.refill()?;
        }
        Ok(&self.decoded[self.position..])
    }

    fn consume(&mut self, length: usize) {
        self.position += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::encoding::guess;

    fn utf16(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
    }

    fn open(bytes: &[u8]) -> Box<dyn BufRead> {
        utf8(io::Cursor::new(bytes.to_vec()), guess(bytes).unwrap()).unwrap()
    }

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        let mut input = open(bytes);
        input.read_to_string(&mut text).unwrap();
        text
    }

    fn check(bytes: &[u8]) -> Result<(), Message> {
        check_text(open(bytes))
    }

    #[test]
    fn the_text_is_the_same_in_every_encoding_of_spreadsheets() {
        let text = "name\nȘtiri 🙂";
        let le = utf16(text, [0xff, 0xfe], u16::to_le_bytes);
        let be = utf16(text, [0xfe, 0xff], u16::to_be_bytes);
        for bytes in [
            text.as_bytes(),
            format!("\u{feff}{text}").as_bytes(),
            &le,
            &be,
        ] {
            assert_eq!(read(bytes), text);
            check(bytes).unwrap();
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let refusal = |bytes: &[u8]| check(bytes).unwrap_err();
        let wide = "nume,ș,ț,ă".as_bytes();
        assert_eq!(refusal(b"").key, "import-empty");
        assert_eq!(refusal(b"\xef\xbb\xbf \r\n").key, "import-empty");
        assert_eq!(
            refusal(&[wide, b"\n\xff\xfa"].concat()),
            Message::new("import-not-utf8").with("line", 2usize)
        );
        assert_eq!(
            refusal(b"name\na\nb\0"),
            Message::new("import-nul").with("line", 3usize)
        );
        assert_eq!(refusal(b"\xff\xfe\x00\xd8").key, "import-not-utf16");
    }

    #[test]
    fn a_file_is_turned_into_utf_8_while_it_is_read() {
        let text = "name\nȘtiri 🙂\n".repeat(20_000);
        let le = utf16(&text, [0xff, 0xfe], u16::to_le_bytes);
        let be = utf16(&text, [0xfe, 0xff], u16::to_be_bytes);
        for bytes in [
            text.clone().into_bytes(),
            format!("\u{feff}{text}").into_bytes(),
            le,
            be,
        ] {
            assert!(read(&bytes) == text);
        }
        let mut wrong = open(b"\xff\xfe\x00\xd8");
        let refusal = wrong.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(refusal.kind(), io::ErrorKind::InvalidData);
    }
}
