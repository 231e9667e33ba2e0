use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::i18n::Message;

/// The text of a file in UTF-8, with or without a byte order mark, or in UTF-16 with one.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Message> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .ok_or_else(|| Message::new("import-not-utf16"))?
            .into_owned(),
        Some((_, mark)) => utf8(&bytes[mark..])?,
        None => utf8(bytes)?,
    };
    if let Some(at) = text.find('\0') {
        return Err(Message::new("import-nul").with("line", line_at(text.as_bytes(), at)));
    }
    if text.trim().is_empty() {
        return Err(Message::new("import-empty"));
    }
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Result<String, Message> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let line = line_at(bytes, error.valid_up_to());
            Err(Message::new("import-not-utf8").with("line", line))
        }
    }
}

fn line_at(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
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
            assert_eq!(decode(bytes).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let told = |bytes: &[u8]| decode(bytes).unwrap_err();
        assert_eq!(told(b"").key, "import-empty");
        assert_eq!(told(b"\xef\xbb\xbf \r\n").key, "import-empty");
        assert_eq!(
            told(b"name\n\xff\xfa"),
            Message::new("import-not-utf8").with("line", 2usize)
        );
        assert_eq!(
            told(b"name\na\nb\0"),
            Message::new("import-nul").with("line", 3usize)
        );
        assert_eq!(told(b"\xff\xfe\x00\xd8").key, "import-not-utf16");
    }
}
