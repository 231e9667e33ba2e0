//! The encoding of a text: the one of its byte order mark, else a guess from its bytes.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

/// The bytes of a block, which is read at once.
const BLOCK: usize = 64 * 1024;
/// The most blocks from which an encoding is guessed: a megabyte of text outside of ASCII is plenty.
const MAX_BLOCKS: usize = 16;

/// An encoding of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    pub const UTF_8: TextEncoding = TextEncoding(UTF_8);

    /// The names to choose from, the most common first.
    pub const CHOICES: [&'static str; 14] = [
        "UTF-8",
        "windows-1252",
        "windows-1250",
        "ISO-8859-2",
        "ISO-8859-15",
        "ISO-8859-16",
        "windows-1251",
        "windows-1253",
        "windows-1254",
        "windows-1257",
        "macintosh",
        "UTF-16LE",
        "UTF-16BE",
        "Shift_JIS",
    ];

    /// The encoding of this name, as the web knows it: `windows-1250`, `latin2`, `utf8`.
    pub fn parse(name: &str) -> Option<TextEncoding> {
        let name = name.trim();
        let code_page = name.to_ascii_lowercase().replace("cp125", "windows-125");
        Encoding::for_label(code_page.as_bytes()).map(TextEncoding)
    }

    /// The name of the encoding.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(super) fn encoding(self) -> &'static Encoding {
        self.0
    }
}

impl From<TextEncoding> for String {
    fn from(encoding: TextEncoding) -> String {
        encoding.name().to_owned()
    }
}

impl TryFrom<String> for TextEncoding {
    type Error = String;

    fn try_from(name: String) -> Result<TextEncoding, String> {
        TextEncoding::parse(&name).ok_or(name)
    }
}

/// The encoding of a text. A text without a byte order mark is UTF-8 if it is valid or has only a few invalid bytes;
/// otherwise the encoding is guessed from letters that are likely to follow each other.
///
/// # Errors
/// Returns an error if the input can't be read.
pub fn guess(mut input: impl Read) -> io::Result<TextEncoding> {
    let (mut detector, mut blocks) = (EncodingDetector::new(Iso2022JpDetection::Deny), 0);
    let (mut block, mut unread, mut is_first) = (vec![0; BLOCK], Vec::new(), true);
    let mut letters = Utf8Letters::default();
    loop {
        let length = read_block(&mut input, &mut block)?;
        let bytes = &block[..length];
        if is_first && let Some(encoding) = encoding_of_start(bytes) {
            return Ok(TextEncoding(encoding));
        }
        is_first = false;
        if (letters.invalid > 0 || !bytes.is_ascii()) && blocks < MAX_BLOCKS {
            detector.feed(bytes, false);
            blocks += 1;
        }
        unread.extend_from_slice(bytes);
        let counted = letters.add(&unread, length < BLOCK);
        unread.drain(..counted);
        if length < BLOCK {
            break;
        }
    }
    if letters.invalid == 0 || letters.valid > letters.invalid {
        return Ok(TextEncoding::UTF_8);
    }
    detector.feed(&[], true);
    Ok(TextEncoding(detector.guess(None, Utf8Detection::Deny)))
}

/// The encoding of a byte order mark, or UTF-16 for a text without one of which most other bytes are 0.
fn encoding_of_start(start: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Some(encoding);
    }
    let pairs = start.chunks_exact(2).take(2_048);
    let (mut total, mut low, mut high) = (0, 0, 0);
    for pair in pairs {
        total += 1;
        low += usize::from(pair[0] == 0 && pair[1] != 0);
        high += usize::from(pair[1] == 0 && pair[0] != 0);
    }
    let is_frequent = |zeros: usize| total >= 4 && zeros * 10 >= total * 7;
    match (is_frequent(high), is_frequent(low)) {
        (true, _) => Some(UTF_16LE),
        (_, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// The number of letters outside of ASCII in valid UTF-8, and of invalid sequences of bytes.
#[derive(Default)]
struct Utf8Letters {
    valid: usize,
    invalid: usize,
}

impl Utf8Letters {
    /// Counts the letters; returns the number of bytes that were counted. A letter that ends in the next block is not.
    fn add(&mut self, bytes: &[u8], is_last: bool) -> usize {
        let mut offset = 0;
        loop {
            let (valid, error) = match std::str::from_utf8(&bytes[offset..]) {
                Ok(text) => (text, None),
                Err(error) => {
                    let end = offset + error.valid_up_to();
                    let valid = std::str::from_utf8(&bytes[offset..end]).unwrap_or_default();
                    (valid, Some(error))
                }
            };
            if !valid.is_ascii() {
                self.valid += valid.chars().filter(|c| !c.is_ascii()).count();
            }
            offset += valid.len();
            let Some(error) = error else {
                return offset;
            };
            match error.error_len() {
                Some(length) => {
                    self.invalid += 1;
                    offset += length;
                }
                None => {
                    self.invalid += usize::from(is_last);
                    return if is_last { bytes.len() } else { offset };
                }
            }
        }
    }
}

fn read_block(input: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < block.len() {
        match input.read(&mut block[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bytes: &[u8]) -> &'static str {
        guess(bytes).unwrap().name()
    }

    #[test]
    fn the_encoding_is_guessed_from_few_letters() {
        for (text, encoding) in [
            (
                "name;company\nJürgen Müller;Grüße & Söhne GmbH\n",
                "windows-1252",
            ),
            (
                "name;company\nFrançois Lefèvre;Café Très Bon\n",
                "windows-1252",
            ),
            ("name;company\nŞtefan Ţepeş;Braşov\n", "windows-1250"),
            (
                "name;city\nIon Ţurcanu;Piteşti\nAna Ştefănescu;Bucureşti\n",
                "windows-1250",
            ),
            ("nume;oraş\nMăriuca Pârvu;Târgu Mureş\n", "windows-1250"),
            ("name;city\nŁukasz Żółć;Kraków\n", "windows-1250"),
            ("имя;город\nИван Петров;Москва\n", "windows-1251"),
        ] {
            let encoding_of_text = TextEncoding::parse(encoding).unwrap().encoding();
            let (bytes, _, had_errors) = encoding_of_text.encode(text);
            assert!(!had_errors, "{text}");
            assert_eq!(name(&bytes), encoding, "{text}");
            assert_eq!(name(text.as_bytes()), "UTF-8");
            let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            if text.starts_with('n') {
                assert_eq!((name(&le), name(&be)), ("UTF-16LE", "UTF-16BE"), "{text}");
            }
        }
        assert_eq!(name(b""), "UTF-8");
        assert_eq!(name(b"\xff\xfea\0"), "UTF-16LE");
    }

    #[test]
    fn a_few_wrong_bytes_make_no_other_encoding_of_a_text_in_utf_8() {
        let mut bytes = "Ștefan, Ană, Mioară\n".repeat(9_000).into_bytes();
        bytes.push(0xff);
        assert_eq!(name(&bytes), "UTF-8");
    }

    #[test]
    fn an_encoding_is_known_by_the_names_that_people_use() {
        for (word, name) in [
            ("utf8", "UTF-8"),
            ("cp1252", "windows-1252"),
            ("Windows-1250", "windows-1250"),
            ("latin1", "windows-1252"),
            ("ISO-8859-2", "ISO-8859-2"),
        ] {
            assert_eq!(
                TextEncoding::parse(word).map(TextEncoding::name),
                Some(name)
            );
        }
        assert_eq!(TextEncoding::parse("klingon"), None);
        for name in TextEncoding::CHOICES {
            assert_eq!(
                TextEncoding::parse(name).map(TextEncoding::name),
                Some(name)
            );
        }
    }
}
