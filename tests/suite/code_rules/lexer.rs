//! Separates Rust code from comments and literals.

/// The code with every comment and every text or character literal blanked, at the same offsets.
pub fn code_only(text: &str) -> String {
    blank(text, false)
}

/// The code with comments blanked and texts kept.
pub fn without_comments(text: &str) -> String {
    blank(text, true)
}

/// Every text literal that has no escapes, with its offset.
pub fn texts(code: &str) -> Vec<(usize, String)> {
    let bytes = code.as_bytes();
    let (mut texts, mut offset) = (Vec::new(), 0);
    while offset < bytes.len() {
        let end = token_end(code, offset);
        let token = &code[offset..end];
        if token.starts_with('"') && token.len() > 1 {
            texts.push((offset, token[1..token.len() - 1].to_owned()));
        }
        offset = end;
    }
    texts
}

/// Every comment, with its offset. Lines of one kind that follow each other are one comment.
pub fn comments(text: &str) -> Vec<(usize, &str)> {
    let kind = |token: &str| token.len() - token.trim_start_matches(['/', '!', '*']).len();
    let (mut found, mut offset) = (Vec::<(usize, usize)>::new(), 0);
    while offset < text.len() {
        let end = token_end(text, offset);
        let token = &text[offset..end];
        if token.starts_with("/*") {
            found.push((offset, end));
        } else if token.starts_with("//") {
            let last = found.last_mut().filter(|(begin, until)| {
                let between = &text[*until..offset];
                let is_next = between.trim().is_empty() && between.matches('\n').count() == 1;
                is_next && kind(&text[*begin..]) == kind(token)
            });
            match last {
                Some((_, until)) => *until = end,
                None => found.push((offset, end)),
            }
        }
        offset = end;
    }
    found
        .into_iter()
        .map(|(begin, end)| (begin, &text[begin..end]))
        .collect()
}

fn blank(text: &str, keeps_texts: bool) -> String {
    let (mut out, mut offset) = (String::with_capacity(text.len()), 0);
    while offset < text.len() {
        let end = token_end(text, offset);
        let token = &text[offset..end];
        let is_comment = token.starts_with("//") || token.starts_with("/*");
        let is_text = token.len() > 1
            && (token.ends_with('"') || token.ends_with('#') || token.ends_with('\''));
        if is_comment || (is_text && !keeps_texts) {
            let blanked = token.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' });
            out.extend(blanked);
        } else {
            out.push_str(token);
        }
        offset = end;
    }
    out
}

/// Where the token that begins at `at` ends: a comment, a literal, or a single character.
fn token_end(text: &str, offset: usize) -> usize {
    let rest = &text[offset..];
    let one = rest.chars().next().map_or(1, char::len_utf8);
    if rest.starts_with("//") {
        return offset + rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return offset + rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    if rest.starts_with('"') {
        return offset + quoted(rest, '"');
    }
    let follows_word = text[..offset].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    if let (Some(hashes), false) = (raw_hashes(rest), follows_word) {
        let end = format!("\"{}", "#".repeat(hashes));
        let opened = rest.find('"').unwrap_or(0) + 1;
        return offset
            + rest[opened..]
                .find(&end)
                .map_or(rest.len(), |close| opened + close + end.len());
    }
    if rest.starts_with('\'') && is_character(rest) {
        return offset + quoted(rest, '\'');
    }
    offset + one
}

/// `r"`, `r#"`, `br#"` …: the number of hashes.
fn raw_hashes(rest: &str) -> Option<usize> {
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let quote = raw.trim_start_matches('#');
    quote.starts_with('"').then_some(raw.len() - quote.len())
}

/// True for `'a'` and `'\n'`, false for the lifetime `'a`.
fn is_character(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (offset, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return offset + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn comments_and_literals_are_separated_from_code() {
    let code =
        code_only("a(\"x // y\"); // panic!\nlet c = '\"'; b::<'a>(r#\"todo!\"#); /* \"\n */ d");
    let words: Vec<&str> = code.split_whitespace().collect();
    assert_eq!(words.join(" "), "a( ); let c = ; b::<'a>( ); d");
    assert_eq!(code.matches('\n').count(), 2);
    let kept = without_comments("t(\"key-one\") // \"key-two\"\n");
    assert_eq!(texts(&kept), [(2, "key-one".to_owned())]);
}

#[test]
fn lines_of_one_comment_are_kept_together() {
    let text = "//! one\n//! two\n\n/// three\n// four\nfn a() {} // five\n/* six */ \"// no\"";
    let complaints: Vec<&str> = comments(text).into_iter().map(|(_, text)| text).collect();
    assert_eq!(
        complaints,
        [
            "//! one\n//! two",
            "/// three",
            "// four",
            "// five",
            "/* six */"
        ]
    );
}
