//! The hand-off of a status as the inputs of a form, as they were typed.

use serde_json::{Value, json};

use crate::records::field::json_text;
use crate::records::fields::Fields;
use crate::records::form_value::FormValue;

/// A hand-off as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HandoffInputs {
    /// A role; empty for no hand-off.
    pub to: String,
    pub within_hours: String,
    /// The id of a status, or empty.
    pub reject_to: String,
    /// The id of a status, or empty.
    pub recycle_to: String,
    /// One reason in each line.
    pub reasons: String,
}

/// The hand-off in the inputs of a form; nothing for a form without them.
pub fn read(sent: &Fields) -> Option<FormValue> {
    if !sent.has("handoff_to") {
        return None;
    }
    let text = |name: &str| sent.string(&format!("handoff_{name}"));
    let typed = json!({
        "to": text("to"), "within_hours": text("within_hours"), "reject_to": text("reject_to"),
        "recycle_to": text("recycle_to"), "reasons": text("reasons"),
    });
    Some(FormValue::Text(match text("to").trim() {
        "" => String::new(),
        _ => typed.to_string(),
    }))
}

/// The inputs of the text of the field, also of an invalid one.
pub fn of_text(text: &str) -> HandoffInputs {
    let typed: Value = serde_json::from_str(text).unwrap_or_default();
    let text = |name: &str| typed.get(name).map(json_text).unwrap_or_default();
    HandoffInputs {
        to: text("to"),
        within_hours: text("within_hours"),
        reject_to: text("reject_to"),
        recycle_to: text("recycle_to"),
        reasons: text("reasons"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statuses::domain::handoff::Handoff;

    fn typed(to: &str, hours: &str) -> Fields {
        Fields::from_pairs([
            ("handoff_to", to),
            ("handoff_within_hours", hours),
            ("handoff_reject_to", "3"),
            ("handoff_recycle_to", ""),
            ("handoff_reasons", "No budget\r\nNo need"),
        ])
    }

    #[test]
    fn inputs_are_a_hand_off_and_a_hand_off_is_inputs() {
        let text = read(&typed("rep", "24")).unwrap();
        let handoff = Handoff::parse(text.text()).unwrap().unwrap();
        assert_eq!((handoff.within_hours, handoff.reject_to), (24, Some(3)));
        assert_eq!(handoff.reasons.lines(), ["No budget", "No need"]);
        let inputs = of_text(&handoff.to_json().to_string());
        assert_eq!(
            (inputs.to.as_str(), inputs.reject_to.as_str()),
            ("rep", "3")
        );
        assert_eq!(inputs.reasons, "No budget\nNo need");
        assert_eq!(read(&typed("", "24")), Some(FormValue::Text(String::new())));
        assert_eq!(read(&Fields::default()), None);
    }

    #[test]
    fn what_was_typed_wrongly_is_shown_again() {
        let text = read(&typed("rep", "soon")).unwrap();
        assert!(Handoff::parse(text.text()).is_err());
        assert_eq!(of_text(text.text()).within_hours, "soon");
    }
}
