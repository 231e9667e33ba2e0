//! Writes a call as a curl command that works in a shell once the variable `TOKEN` holds a token.

use serde_json::Value;

use crate::api_docs::schema::plain;

/// How a command sends its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Json,
    Form,
    Multipart,
}

/// A command; `url` is complete, `body` are the fields that it sends.
pub(super) fn command(
    method: &str,
    url: &str,
    body: Option<(Encoding, &[(String, Value)])>,
) -> String {
    let mut words = vec![match method {
        "GET" => format!("curl {}", quoted(url)),
        other => format!("curl -X {other} {}", quoted(url)),
    }];
    words.push("-H \"authtoken: $TOKEN\"".to_owned());
    match body {
        None => {}
        Some((Encoding::Json, fields)) => {
            words.push("-H 'Content-Type: application/json'".to_owned());
            words.push(format!("-d {}", quoted(&object(fields))));
        }
        Some((Encoding::Form, fields)) => words.extend(parts("--data-urlencode", fields)),
        Some((Encoding::Multipart, fields)) => words.extend(parts("--form-string", fields)),
    }
    words.join(" \\\n  ")
}

/// A JSON object with its fields in the order of the reference.
fn object(fields: &[(String, Value)]) -> String {
    let members = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// One argument for each field; a list repeats its name.
fn parts(flag: &'static str, fields: &[(String, Value)]) -> impl Iterator<Item = String> {
    fields.iter().flat_map(move |(name, value)| {
        let values = match value {
            Value::Array(items) => items.iter().map(plain).collect(),
            other => vec![plain(other)],
        };
        values
            .into_iter()
            .map(move |value| format!("{flag} {}", quoted(&format!("{name}={value}"))))
    })
}

/// A text as one word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_in_a_value_stays_in_its_word() {
        let fields = [
            ("name".to_owned(), Value::from("Bob's")),
            ("ids".to_owned(), Value::from(vec![1, 2])),
        ];
        let fields = fields.as_slice();
        let json = command("PUT", "http://x/y", Some((Encoding::Json, fields)));
        assert!(
            json.ends_with(r#"-d '{"name":"Bob'\''s","ids":[1,2]}'"#),
            "{json}"
        );
        let form = command("POST", "http://x/y", Some((Encoding::Form, fields)));
        assert!(form.contains(r"--data-urlencode 'name=Bob'\''s'"), "{form}");
        assert!(
            form.contains("'ids=1' \\\n  --data-urlencode 'ids=2'"),
            "{form}"
        );
    }

    #[test]
    fn reading_needs_no_method_and_no_body() {
        let get = command("GET", "http://x/y?page=1", None);
        assert_eq!(
            get,
            "curl 'http://x/y?page=1' \\\n  -H \"authtoken: $TOKEN\""
        );
    }
}
