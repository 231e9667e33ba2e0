//! The requests of the operations: forms and API calls.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::act::{Act, LeadFields, Replacement, StatusFields};
use super::state::rfc3339;
use super::world::World;

const STATUSES: &str = "/admin/leads/statuses";

/// The form of a page about statuses.
pub fn status_form(act: &Act) -> Option<(String, Vec<(&'static str, String)>)> {
    let confirmed = |action: &str, ids: &[i64]| {
        let ids = ids.iter().map(|id| ("ids", id.to_string()));
        let sent = [("action", action.to_owned()), ("confirm", "1".to_owned())];
        sent.into_iter().chain(ids).collect::<Vec<_>>()
    };
    let bulk = format!("{STATUSES}/bulk");
    Some(match act {
        Act::Retire {
            ids,
            delete,
            replacement,
        } => {
            let mut fields = confirmed(if *delete { "delete" } else { "archive" }, ids);
            fields.extend(replacing(*replacement));
            (bulk, fields)
        }
        Act::Reuse(ids) => (bulk, confirmed("restore", ids)),
        Act::GiveRole(id, role) => (
            format!("{STATUSES}/{id}/{role}"),
            vec![("confirm", "1".to_owned())],
        ),
        Act::Step(id, to) => (
            format!("{STATUSES}/{id}/move"),
            vec![("to", (*to).to_owned())],
        ),
        _ => return None,
    })
}

fn replacing(replacement: Replacement) -> Vec<(&'static str, String)> {
    let Some((to, restarts)) = replacement else {
        return Vec::new();
    };
    let restarts = if restarts { "1" } else { "0" };
    vec![
        ("replace_with", to.to_string()),
        ("restart_age", restarts.to_owned()),
    ]
}

/// The call of the API.
pub fn request(act: &Act, world: &World) -> (Method, String, Value) {
    let lead = |id: &i64, end: &str| format!("leads/{id}{end}");
    match act {
        Act::MakeStatus(fields) => (Method::POST, "lead_statuses".into(), status_body(fields)),
        Act::EditStatus(id, fields) => (
            Method::PUT,
            format!("lead_statuses/{id}"),
            status_body(fields),
        ),
        Act::DeleteStatus(id, replacement) => {
            let query = replacing(*replacement).into_iter();
            let query: Vec<String> = query
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            (
                Method::DELETE,
                format!("lead_statuses/{id}?{}", query.join("&")),
                json!({}),
            )
        }
        Act::Order { ids, expect } => {
            let mut body = json!({"ids": ids});
            if let Some(expect) = expect {
                body["expect"] = json!(expect);
            }
            (Method::PUT, "lead_statuses/order".into(), body)
        }
        Act::MakeLead(fields) => (Method::POST, "leads".into(), lead_body(fields)),
        Act::EditLead(id, fields) => (Method::PUT, lead(id, ""), lead_body(fields)),
        Act::Move { id, to, entered } => {
            let mut body = json!({"status": to});
            if let Some(at) = entered {
                body["entered_at"] = rfc3339(*at).into();
            }
            (Method::POST, lead(id, "/status"), body)
        }
        Act::Pause(id, None) => (Method::POST, lead(id, "/pause"), json!({"until": ""})),
        Act::Pause(id, Some(days)) => {
            let day = &rfc3339(world.day(*days))[..10];
            (
                Method::POST,
                lead(id, "/pause"),
                json!({"until": day, "reason": "away"}),
            )
        }
        Act::Note(id) => (Method::POST, lead(id, "/notes"), json!({"note": "seen"})),
        Act::DeleteLead(id) => (Method::DELETE, lead(id, ""), json!({})),
        Act::RestoreLead(id) => (Method::POST, lead(id, "/restore"), json!({})),
        Act::Void(id, visit) => (
            Method::POST,
            lead(id, &format!("/visits/{visit}/void")),
            json!({}),
        ),
        other => unreachable!("{other:?} goes through a page"),
    }
}

/// The fields that were given, under their names.
fn sent(fields: [(&str, Option<Value>); 8]) -> Value {
    let given = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect::<Map<_, _>>())
}

fn status_body(fields: &StatusFields) -> Value {
    sent([
        ("name", fields.name.map(Into::into)),
        ("kind", fields.kind.map(Into::into)),
        ("target_days", fields.target.map(Into::into)),
        ("limit_days", fields.limit.map(Into::into)),
        ("isdefault", fields.isdefault.map(Into::into)),
        ("isconverted", fields.isconverted.map(Into::into)),
        ("archived", fields.archived.map(Into::into)),
        ("version", fields.version.map(Into::into)),
    ])
}

fn lead_body(fields: &LeadFields) -> Value {
    sent([
        ("external_ref", fields.reference.clone().map(Into::into)),
        ("name", fields.name.clone().map(Into::into)),
        ("company", fields.company.clone().map(Into::into)),
        ("owner", fields.owner.map(Into::into)),
        ("value", fields.value.map(Into::into)),
        ("status", fields.status.map(Into::into)),
        ("version", fields.version.map(Into::into)),
        ("phone", None),
    ])
}
