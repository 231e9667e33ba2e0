//! What a browser calls itself, shortened to what its user would call it.

use crate::i18n::Message;

/// The most characters that are stored of a browser's own name.
const MAX_CHARS: usize = 300;

/// Words in a browser's own name, the more specific first, and the browser they mean.
const BROWSERS: [(&str, &str); 14] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python-", "Python"),
];

/// Words in a browser's own name, and the system they mean.
const SYSTEMS: [(&str, &str); 8] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

fn find_name(agent: &str, words: &[(&str, &'static str)]) -> Option<&'static str> {
    words
        .iter()
        .find(|(word, _)| agent.contains(word))
        .map(|(_, name)| *name)
}

/// "Firefox on Linux"; only one of both if the other is not known.
pub fn describe(agent: &str) -> Message {
    match (find_name(agent, &BROWSERS), find_name(agent, &SYSTEMS)) {
        (Some(browser), Some(system)) => Message::new("session-agent")
            .with("browser", browser)
            .with("system", system),
        (Some(name), None) | (None, Some(name)) => {
            Message::new("session-agent-part").with("name", name)
        }
        (None, None) => Message::new("session-agent-unknown"),
    }
}

/// The part of a browser's own name that is stored.
pub fn shortened(agent: &str) -> String {
    agent
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_CHARS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_browser_has_the_name_that_its_user_knows() {
        let say = |agent| describe(agent).text(Lang::En);
        assert_eq!(
            say("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
            "Firefox on Linux"
        );
        assert_eq!(
            say(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"
            ),
            "Edge on Windows"
        );
        assert_eq!(
            say(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari on iPhone"
        );
        assert_eq!(say("curl/8.9"), "curl");
        assert_eq!(say("🦔"), "Unknown browser");
        assert_eq!(say(""), "Unknown browser");
    }

    #[test]
    fn a_very_long_name_is_kept_in_part() {
        assert_eq!(shortened(&"ș".repeat(1000)).chars().count(), MAX_CHARS);
        assert_eq!(shortened("a\u{0}b"), "ab");
    }
}
