//! The titles of a header in messages.

/// The titles of a wrong header; a long text is cut, since it is then no header at all.
pub fn list_of_titles(titles: &[String]) -> String {
    let mut text = titles.join(", ");
    if let Some((end, _)) = text.char_indices().nth(200) {
        text.truncate(end);
        text.push('…');
    }
    text
}
