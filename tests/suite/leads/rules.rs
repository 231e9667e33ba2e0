//! Every rule of a status is judged alike through every channel: refused, passed, or passed by an override.

mod at_once;
pub mod attempts;
pub mod cases;
mod exceptions;
mod questions;

use serde_json::{Value, json};

use crate::support::{ALICE, TestApp};
use attempts::{CHANNELS, Channel, RulesFixture, last_visit};
use cases::{CASES, EntryInput, NOTHING, RuleCase};

both!(every_rule_is_judged_alike_through_every_channel);

async fn every_rule_is_judged_alike_through_every_channel(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    for (number, case) in CASES.iter().enumerate() {
        for channel in CHANNELS {
            let which = format!("{} {number} through {channel:?}", case.kind);
            let is_asked = case.is_for_files || !channel.is_file();
            fixture.rule((case.status)(&fixture.ids)).await;
            let name = |what| format!("{what}-{number}-{channel:?}").to_lowercase();
            let refused = name("refused");
            let (status, text) = fixture.attempt(channel, &refused, &NOTHING).await;
            let lead = fixture.find_lead(&refused).await;
            if is_asked {
                // A preview that says which leads are refused is an answer to a race.
                let expected = if channel == Channel::Bulk { 409 } else { 422 };
                assert_eq!(status, expected, "{which}: {text}");
                assert!(
                    lead.is_none_or(|(_, status)| status == fixture.ids.new),
                    "{which}"
                );
            } else {
                assert_eq!(
                    lead.map(|(_, status)| status),
                    Some(fixture.ids.target),
                    "{which}: {text}"
                );
            }
            if matches!(channel, Channel::Call | Channel::Put | Channel::Post) {
                let answer: Value = serde_json::from_str(&text).expect("JSON");
                assert_eq!(answer["unmet"][0]["type"], case.kind, "{which}: {text}");
            }
            assert_overridden(&fixture, case, channel, &name("overridden"), &which).await;
            if let Some(open_status) = case.open_status {
                fixture.rule(open_status(&fixture.ids)).await;
            }
            assert_passed(&fixture, case, channel, &name("passed"), &which).await;
        }
    }
}

async fn assert_overridden(
    fixture: &RulesFixture<'_>,
    case: &RuleCase,
    channel: Channel,
    reference: &str,
    which: &str,
) {
    let input = EntryInput {
        override_reason: Some("The board asked"),
        ..NOTHING
    };
    let (status, text) = fixture.attempt(channel, reference, &input).await;
    let lead = fixture.find_lead(reference).await;
    let is_asked = case.is_for_files || !channel.is_file();
    if is_asked && !case.can_be_overridden {
        assert!(matches!(status, 409 | 422), "{which}, overridden: {text}");
        return;
    }
    let (id, status) = lead.unwrap_or_else(|| panic!("{which}, overridden: {text}"));
    assert_eq!(status, fixture.ids.target, "{which}, overridden: {text}");
    let visit = last_visit(&fixture.api, id).await;
    assert_eq!(visit["overridden"], is_asked, "{which}: {visit}");
    if is_asked {
        assert_eq!(visit["override_reason"], "The board asked", "{which}");
        assert_eq!(
            visit["unmet"].as_array().map(Vec::len),
            Some(1),
            "{which}: {visit}"
        );
        let log = fixture.app.signed_in(ALICE).await;
        let log = log.get(&format!("/admin/audit?subject=lead&id={id}")).await;
        assert!(log.text().contains("The board asked"), "{which}");
    }
}

async fn assert_passed(
    fixture: &RulesFixture<'_>,
    case: &RuleCase,
    channel: Channel,
    reference: &str,
    which: &str,
) {
    let (_, text) = fixture.attempt(channel, reference, &case.input).await;
    let lead = fixture.find_lead(reference).await;
    let (id, status) = lead.unwrap_or_else(|| panic!("{which}, passed: {text}"));
    assert_eq!(status, fixture.ids.target, "{which}, passed: {text}");
    let visit = last_visit(&fixture.api, id).await;
    assert_eq!(
        (&visit["overridden"], &visit["unmet"]),
        (&json!(false), &json!([])),
        "{which}"
    );
    assert!(visit["definition_version"].is_number(), "{which}: {visit}");
    if !channel.is_file() {
        let confirmed = json!(if case.input.is_confirmed {
            vec!["We spoke"]
        } else {
            vec![]
        });
        assert_eq!(visit["confirmed"], confirmed, "{which}");
        assert_eq!(
            visit["evidence"][0]["value"],
            json!(case.input.evidence),
            "{which}"
        );
    }
    if case.input.reason.is_some() {
        assert_eq!(visit["reason"], "Preț", "{which}");
    }
}
