//! Words and phrases of the model, or of a specification, that people don't read on pages, in answers and at the
//! terminal: the heads of the catalogues say what we write instead.

use super::Source;
use super::catalogue::catalogues;

/// Begins every file of the catalogues.
const HEAD: &str = "# Words we use";

/// What no English message says, as whole words.
const ENGLISH: &[&str] = &[
    "age",
    "as asked",
    "as it was",
    "as the browser",
    "as the system",
    "as they were",
    "between them",
    "by itself",
    "clock",
    "comes back",
    "decide alike",
    "door",
    "entered at",
    "figure",
    "figures",
    "from inside",
    "gave it",
    "go together",
    "how long",
    "in the meantime",
    "issue",
    "issued",
    "kind of act",
    "leave it empty for now",
    "look again",
    "look at",
    "makes",
    "meanwhile",
    "nobody has said",
    "not this way",
    "one by one",
    "put together",
    "replace by",
    "restart the age",
    "so already",
    "stand in the way",
    "stands in the way",
    "standard set",
    "struck",
    "take the",
    "taken back",
    "taken up",
    "takes over",
    "the newest first",
    "the program",
    "the worst first",
    "took over",
    "took up",
    "under a day",
    "visit",
    "visits",
    "void",
    "voided",
    "way out",
    "what would happen",
    "where it begins",
    "where it stands",
    "who are you",
    "is worth",
    "” is created",
    "” is deleted",
    "” is restored",
    "” is saved",
    "are archived.",
    "are deleted.",
    "are restored.",
    "are saved.",
];

/// What no Romanian message says, as whole words.
const ROMANIAN: &[&str] = &[
    "așa cum este",
    "ca în browser",
    "ca sistemul",
    "ceas",
    "ceasul",
    "ce s-ar întâmpla",
    "cifre din",
    "cine sunteți",
    "cum s-a cerut",
    "decid la fel",
    "deținător",
    "dispare",
    "emis",
    "emiteți",
    "etapa",
    "etapă",
    "etape",
    "etapele",
    "firma",
    "firmă",
    "iese când",
    "intrat la",
    "intră când",
    "în uz",
    "la risc",
    "lăsat deoparte",
    "lăsate deoparte",
    "lăsați gol",
    "modificați",
    "nimeni nu a spus",
    "nu în felul acesta",
    "numărătorile",
    "priviți",
    "proprietar",
    "proprietarul",
    "reporniți vechimea",
    "setul",
    "stau în cale",
    "stă în cale",
    "tablă",
    "titularul",
    "vizite",
    "vizitele",
];

/// The text without variables and with one kind of apostrophe.
fn plain(message: &str) -> String {
    let mut parts = message.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts
        .map(|part| part.split_once('}').map_or(part, |(_, text)| text))
        .fold(first, |text, part| text + " " + part)
        .replace('\'', "’")
        .to_lowercase()
}

fn has_phrase(text: &str, phrase: &str) -> bool {
    let is_inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(phrase).any(|(offset, _)| {
        let (before, after) = (&text[..offset], &text[offset + phrase.len()..]);
        !is_inside(before.chars().next_back()) && !is_inside(after.chars().next())
    })
}

/// Messages with a phrase that their language doesn't use.
pub fn denied(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (language, phrases) in [("en", ENGLISH), ("ro", ROMANIAN)] {
        for (key, (source, message)) in catalogues(sources, language) {
            // Only files that were exported before say it.
            if key.ends_with("-former") {
                continue;
            }
            let text = plain(&message);
            let denied = phrases.iter().filter(|phrase| has_phrase(&text, phrase));
            complaints
                .extend(denied.map(|phrase| format!("{}: {key} says “{phrase}”", source.path)));
        }
    }
    complaints
}

/// Catalogues that don't begin with the words that their language uses.
pub fn without_words(sources: &[Source]) -> Vec<String> {
    let mut files = sources
        .iter()
        .filter(|source| source.path.starts_with("locales/"));
    let without = files
        .by_ref()
        .filter(|source| !source.text.starts_with(HEAD));
    without.map(|source| source.path.clone()).collect()
}

#[test]
fn a_denied_phrase_of_a_message_is_found() {
    let english = "a = Look again\nb = A visitor\nc =\n    { $count ->\n        [one] { $x } visit\n       *[other] { $x } leads\n    }\n";
    let planted = [
        Source::planted("locales/en/a.ftl", english),
        Source::planted("locales/ro/a.ftl", "a = { $count } la risc\nb = Riscați\n"),
    ];
    assert_eq!(
        denied(&planted),
        [
            "locales/en/a.ftl: a says “look again”",
            "locales/en/a.ftl: c says “visit”",
            "locales/ro/a.ftl: a says “la risc”"
        ]
    );
}

#[test]
fn a_catalogue_without_its_words_is_found() {
    let planted = [
        Source::planted("locales/en/a.ftl", "# Words we use: web.ftl\na = A\n"),
        Source::planted("locales/en/b.ftl", "# Web\na = A\n"),
    ];
    assert_eq!(without_words(&planted), ["locales/en/b.ftl"]);
}
