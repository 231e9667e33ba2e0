//! The form for a move that rules refuse: it asks for what is missing, keeps the typed values, and moves the lead.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal, users};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::leads::actions::moves::judge_lead;
use crate::leads::actions::offers::receivers;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::actions::targets::find_target_status;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::move_form::MoveForm;
use crate::leads::domain::rights::Rights;
use crate::leads::http::paths::{RETURN_TO, lead_path};
use crate::leads::http::views::move_page::MovePage;
use crate::leads::http::views::rule_inputs::{RuleInputs, at_inputs};
use crate::leads::store;
use crate::records::fields::Fields;
use crate::statuses::LeadStatus;
use crate::web::html;

/// True if an error leads to this form: rules are not met, or a value of this form is wrong.
pub(crate) fn needs_form(error: &Error, fields: &Fields) -> bool {
    match error {
        Error::Unmet(_) => true,
        Error::Invalid(_) => fields.has("asked"),
        _ => false,
    }
}

/// The data of the form.
struct MoveData {
    lead: Lead,
    target: LeadStatus,
    lookup: RelatedRecords,
    missing: RuleInputs,
    owners: Vec<(i64, String)>,
    sources: Vec<String>,
    receivers: Vec<(i64, String)>,
}

/// The form, which is sent to the path `action` below the lead, with the errors in the typed values.
pub(crate) async fn render_missing(
    request: &PageRequest,
    id: i64,
    fields: &Fields,
    action: &str,
    error: Error,
) -> Result<HttpResponse> {
    let (page, owned) = (request.page(), fields.clone());
    let lang = page.lang;
    let typed = MoveForm::read_in_lang(fields, Some(lang));
    let data = request
        .read(move |conn, principal| load(conn, principal, id, &typed, &owned))
        .await?;
    let view = MovePage {
        hidden: MovePage::hidden(fields, &data.missing, !data.receivers.is_empty()),
        errors: match &error {
            Error::Invalid(errors) => at_inputs(errors),
            _ => FieldErrors::new(),
        },
        back: RETURN_TO.read_or(fields, &lead_path(id)),
        lead: data.lead,
        target: data.target,
        lookup: data.lookup,
        missing: data.missing,
        owners: data.owners,
        sources: data.sources,
        receivers: data.receivers,
        offer_to: fields.string("offer_to"),
        action: format!("{}/{action}", lead_path(id)),
        lang,
        page,
    };
    html(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn load(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    typed: &MoveForm,
    fields: &Fields,
) -> Result<MoveData> {
    let (rights, lead) = (Rights::of(principal), store::find(conn, id)?);
    rights.require_edit(&lead)?;
    let to = typed.status.text().parse().unwrap_or_default();
    let target = find_target_status(conn, to)?;
    let lead_move = typed.parse(principal.zone).unwrap_or_else(|_| Move {
        answers: typed.answers.clone().unwrap_or_default(),
        ..Move::new(to, typed.channel())
    });
    let judgement = match judge_lead(rights, &lead_move, &target, &lead) {
        // A typed value is not valid: the lead is judged as it is.
        Err(Error::Invalid(_)) => {
            let without_changes = Move {
                changes: Default::default(),
                ..lead_move
            };
            judge_lead(rights, &without_changes, &target, &lead)
        }
        judgement => judgement,
    };
    let owners = match rights.can_manage {
        true => users::list_enabled(conn)?,
        false => Vec::new(),
    };
    Ok(MoveData {
        missing: RuleInputs::new(&judgement?.1.unmet, fields, Some(&lead.fields), rights),
        lookup: RelatedRecords::load_with_deleted(conn, std::slice::from_ref(&lead))?,
        owners: owners
            .into_iter()
            .map(|user| (user.id, user.name))
            .collect(),
        sources: store::filter_options::sources(conn)?,
        receivers: receivers(conn, &[&target])?,
        target,
        lead,
    })
}
