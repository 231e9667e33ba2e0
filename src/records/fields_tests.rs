//! Tests of `fields.rs`.

use super::*;

#[test]
fn json_and_forms_come_out_alike() {
    let json = serde_json::json!({"name": "A", "limit_days": 5, "isdefault": true, "x": [1, "b"]});
    let json = Fields::from_json(json).unwrap_or_default();
    let form =
        Fields::from_urlencoded(b"name=A&limit_days=5&isdefault=1&x=1&x=b").unwrap_or_default();
    for name in ["name", "limit_days"] {
        assert_eq!(json.text(name), form.text(name));
    }
    assert_eq!(json.boolean("isdefault"), form.boolean("isdefault"));
    assert_eq!(json.all("x"), form.all("x"));
}

#[test]
fn text_that_is_not_utf8_is_refused() {
    assert!(Fields::from_urlencoded(b"name=%ff").is_err());
    let fields = Fields::from_urlencoded("q=a+b%2B&r=ș".as_bytes()).unwrap_or_default();
    assert_eq!(
        (fields.text("q"), fields.text("r")),
        (Some("a b+"), Some("ș"))
    );
}

#[test]
fn a_list_may_be_sent_with_brackets() {
    let fields = Fields::from_pairs([("enter_when[]", "a"), ("enter_when[]", "b")]);
    assert_eq!(fields.all("enter_when"), ["a", "b"]);
}

#[test]
fn a_decision_is_understood_or_refused() {
    let decision = |value: Value| {
        let sent = Fields::from_json(serde_json::json!({"x": value})).unwrap_or_default();
        sent.strict_boolean("x").ok()
    };
    for (value, understood) in [
        (Value::Null, Some(false)),
        ("0".into(), Some(false)),
        (true.into(), Some(true)),
        ("".into(), None),
        (" ".into(), None),
        ("perhaps".into(), None),
        (Value::Array(vec![]), None),
        (serde_json::json!({}), None),
    ] {
        assert_eq!(decision(value.clone()), understood, "{value}");
    }
    assert!(matches!(Fields::default().strict_boolean("x"), Ok(false)));
}

#[test]
fn an_object_is_json_or_has_its_members_in_brackets() {
    let json = serde_json::json!({"evidence": {"14": "a link"}});
    let form = Fields::from_urlencoded(b"evidence[14]=a+link").unwrap_or_default();
    for sent in [Fields::from_json(json).unwrap_or_default(), form] {
        let members = sent.object("evidence").ok().flatten().unwrap_or_default();
        assert_eq!(members.text("14"), Some("a link"));
        assert!(matches!(sent.object("fields"), Ok(None)));
    }
    let text = Fields::from_pairs([("evidence", "a link")]);
    assert!(text.object("evidence").is_err());
}

#[test]
fn an_id_is_digits_only() {
    assert_eq!(parse_id("17"), Some(17));
    assert_eq!(parse_id("9223372036854775807"), Some(i64::MAX));
    for bad in ["", "+1", "01", "1e3", "-1", "0", "9223372036854775808"] {
        assert_eq!(parse_id(bad), None, "{bad}");
    }
}
