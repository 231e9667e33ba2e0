//! Creating and editing a lead.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal, users};
use crate::audit::editor_names;
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, RequirementKind, Result, Unmet};
use crate::i18n::{Lang, Message};
use crate::leads::actions::changes;
use crate::leads::actions::edit;
use crate::leads::actions::likely_duplicates::{LikelyDuplicate, likely_duplicates_of};
use crate::leads::actions::offers::receivers;
use crate::leads::domain::display::UserNames;
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields};
use crate::leads::domain::lead_request::EntryForm;
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::lead_actions::find_editable;
use crate::leads::http::paths::LIST_PATH;
use crate::leads::http::paths::{RETURN_TO, lead_path, lead_path_with_list};
use crate::leads::http::views::conflict::{conflict_page, deleted_page};
use crate::leads::http::views::form::{EditPage, FormOptions, FormView, NewPage};
use crate::leads::http::views::rule_inputs::RuleInputs;
use crate::leads::store;
use crate::records::edit::{
    ConflictingEdit, DeletedEdit, EditOutcome, InvalidEdit, SavedEdit, labels,
};
use crate::records::field::FieldValues;
use crate::records::fields::Fields;
use crate::records::form_value::FormValue;
use crate::statuses;
use crate::web::{Flash, Form, Id, Query, html};

/// The choices in the form of a lead, and the leads like it: `lead` is the one that is edited, `fields` are those of the
/// form.
fn load_options(
    conn: &mut Conn,
    principal: &Principal,
    lead: Option<&Lead>,
    fields: &LeadFields,
) -> Result<FormOptions> {
    let owner = lead.and_then(|lead| lead.fields.owner);
    let rights = Rights::of(principal);
    let mut owners: Vec<(i64, String)> = match rights.can_manage {
        true => users::list_enabled(conn)?
            .into_iter()
            .map(|user| (user.id, user.name))
            .collect(),
        false => vec![(principal.user_id, principal.name.clone())],
    };
    if let Some(id) = owner.filter(|id| owners.iter().all(|(other, _)| other != id)) {
        owners.extend(users::names(conn, &[id])?);
    }
    let statuses = statuses::list_in_use(conn)?;
    Ok(FormOptions {
        owners,
        sources: store::filter_options::sources(conn)?,
        receivers: receivers(conn, &statuses.iter().collect::<Vec<_>>())?,
        systems: store::systems::list(conn)?,
        statuses,
        can_manage: rights.can_manage,
        duplicates: likely_duplicates_of(conn, fields, lead.map(|lead| lead.id))?,
    })
}

/// `GET /admin/leads/new`: the empty form.
pub async fn new(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let back = RETURN_TO.read(&query);
    let lang = request.page().lang;
    let (options, typed) = request
        .read(move |conn, principal| {
            let options = load_options(conn, principal, None, &LeadFields::blank())?;
            Ok((options, blank_form(conn, principal, lang)?))
        })
        .await?;
    let form = FormView::new(typed, FieldErrors::new(), options, back);
    let page = request.page();
    html(StatusCode::OK, &NewPage::new(page, form))
}

/// A form for a lead of this user, in the status of new leads.
fn blank_form(conn: &mut Conn, principal: &Principal, lang: Lang) -> Result<LeadForm> {
    let status = statuses::default_id(conn)?;
    let fields = LeadFields {
        owner: Some(principal.user_id),
        ..LeadFields::blank()
    };
    Ok(LeadForm {
        status: FormValue::Text(status.to_string()),
        ..LeadForm::from_fields(&fields, Some(lang))
    })
}

/// `POST /admin/leads`: creates a lead; invalid values are shown again as they were typed.
pub async fn create(request: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let typed = LeadForm::read_in_lang(&fields, request.page().lang);
    let (owned, answers) = (typed.clone(), EntryForm::read(&fields));
    let created = request
        .write(move |conn, principal| create_lead(conn, principal, &owned, &answers))
        .await;
    match created {
        Ok((created, duplicates)) => Ok(redirect_created(&request, &fields, &created, &duplicates)),
        Err(error) => refuse_new(&request, &fields, typed, error).await,
    }
}

/// The rules about fields as errors at these fields.
fn field_errors(unmet: &[Unmet]) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for unmet in unmet.iter().filter(|unmet| unmet.is_blocking()) {
        let field = unmet.field.unwrap_or(match unmet.kind {
            RequirementKind::Reason => "reason",
            _ => "status",
        });
        errors.add(field, unmet.message());
    }
    errors
}

/// The form again, as it was typed, with the questions of the rules that are not met.
async fn refuse_new(
    request: &PageRequest,
    fields: &Fields,
    typed: LeadForm,
    error: Error,
) -> Result<HttpResponse> {
    let (errors, unmet) = match error {
        Error::Invalid(errors) | Error::Taken(errors) => (errors, Vec::new()),
        Error::Unmet(unmet) => (field_errors(&unmet), unmet),
        other => return Err(other),
    };
    let (options, rights, typed) = request
        .read(move |conn, principal| {
            let options = load_options(conn, principal, None, &typed.duplicate_keys())?;
            Ok((options, Rights::of(principal), typed))
        })
        .await?;
    let missing = RuleInputs::new(&unmet, fields, None, rights);
    let form = FormView::new(typed, errors, options, RETURN_TO.read(fields));
    let view = NewPage {
        page: request.page(),
        form,
        can_pass: missing.can_override && !unmet.is_empty(),
        offer_to: fields.string("offer_to"),
        missing,
    };
    html(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Redirects to the new lead, or to the form for another one.
fn redirect_created(
    request: &PageRequest,
    fields: &Fields,
    created: &Lead,
    duplicates: &[LikelyDuplicate],
) -> HttpResponse {
    let name = created.fields.name.as_str();
    let flash = Flash::ok(Message::new("lead-saved-new").with("name", name));
    let back = RETURN_TO.read(fields);
    let (next, flash) = match fields.has("another") {
        true => {
            let next = RETURN_TO.add_to(&format!("{LIST_PATH}/new"), &back);
            (
                next,
                flash_about_duplicates(name, duplicates).unwrap_or(flash),
            )
        }
        // The page of the lead shows those that are likely the same.
        false => (lead_path_with_list(created.id, &back), flash),
    };
    request.redirect(&next, Some(flash))
}

/// The message about a saved lead that is likely a duplicate, for a page that doesn't show the other lead.
fn flash_about_duplicates(name: &str, duplicates: &[LikelyDuplicate]) -> Option<Flash> {
    let first = duplicates.first()?;
    let message = Message::new("lead-saved-similar")
        .with("name", name)
        .with("other", first.name.as_str())
        .with("by", first.shared_key.as_str());
    Some(Flash::warn(message))
}

fn create_lead(
    conn: &mut Conn,
    principal: &Principal,
    typed: &LeadForm,
    answers: &EntryForm,
) -> Result<(Lead, Vec<LikelyDuplicate>)> {
    let request = answers.request(typed, Channel::Ui)?;
    let (actor, rights) = (principal.actor(Channel::Ui), Rights::of(principal));
    let (lead, _) = changes::create(conn, &actor, rights, request)?;
    let duplicates = likely_duplicates_of(conn, &lead.fields, Some(lead.id))?;
    Ok((lead, duplicates))
}

/// `GET /admin/leads/{id}/edit`: the form with the current values.
pub async fn edit(request: PageRequest, Id(id): Id, Query(query): Query) -> Result<HttpResponse> {
    let (lead, options) = request
        .read(move |conn, principal| {
            let lead = find_editable(conn, principal, id)?;
            let options = load_options(conn, principal, Some(&lead), &lead.fields)?;
            Ok((lead, options))
        })
        .await?;
    let back = RETURN_TO.read_or(&query, &lead_path(id));
    let page = request.page();
    let typed = LeadForm::from_lead(&lead, page.lang);
    let form = FormView::new(typed, FieldErrors::new(), options, back);
    html(StatusCode::OK, &EditPage { page, form, lead })
}

/// `POST /admin/leads/{id}`: saves an edit, merged with what others saved since it began.
pub async fn update(request: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    let back = RETURN_TO.read_or(&fields, &lead_path(id));
    let edited = save(&request, id, fields).await?;
    respond(&request, id, edited, back).await
}

/// Saves the edit; invalid values are returned with the lead.
async fn save(request: &PageRequest, id: i64, fields: Fields) -> Result<EditOutcome<Lead>> {
    let lang = request.page().lang;
    let typed = LeadForm::read_in_lang(&fields, lang);
    let saved = request.write(move |conn, principal| {
        let (actor, rights) = (principal.actor(Channel::Ui), Rights::of(principal));
        edit::save(conn, &actor, rights, id, &fields, lang)
    });
    match saved.await {
        Err(Error::Invalid(errors)) => {
            let find = request.read(move |conn, principal| find_editable(conn, principal, id));
            let record = find.await?;
            Ok(EditOutcome::Invalid(InvalidEdit {
                record,
                typed,
                errors,
            }))
        }
        saved => saved,
    }
}

async fn respond(
    request: &PageRequest,
    id: i64,
    edited: EditOutcome<Lead>,
    back: String,
) -> Result<HttpResponse> {
    match edited {
        EditOutcome::Saved(saved) => {
            let flash = saved_flash(&saved, request.page().lang);
            let duplicates = duplicates_of_saved(request, &saved.record, &back).await?;
            let name = saved.record.fields.name.as_str();
            let flash = flash_about_duplicates(name, &duplicates).unwrap_or(flash);
            Ok(request.redirect(&back, Some(flash)))
        }
        EditOutcome::Invalid(invalid) => {
            let (record, fields) = (invalid.record.clone(), invalid.typed.duplicate_keys());
            let options = request
                .read(move |conn, principal| load_options(conn, principal, Some(&record), &fields))
                .await?;
            let form = FormView::new(invalid.typed, invalid.errors, options, back);
            let (page, lead) = (request.page(), invalid.record);
            let view = EditPage { page, form, lead };
            html(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        EditOutcome::Conflict(conflict) => {
            let owner_names = owner_names(request, &conflict).await?;
            let view = conflict_page(request.page(), &conflict, &owner_names, back);
            html(StatusCode::CONFLICT, &view)
        }
        EditOutcome::Deleted(deleted) => respond_deleted(request, id, &deleted, back).await,
    }
}

/// The leads that are likely the same as a saved one, unless its own page follows, which shows them.
async fn duplicates_of_saved(
    request: &PageRequest,
    lead: &Lead,
    next: &str,
) -> Result<Vec<LikelyDuplicate>> {
    if next.starts_with(&lead_path(lead.id)) {
        return Ok(Vec::new());
    }
    let (fields, id) = (lead.fields.clone(), lead.id);
    request
        .read(move |conn, _| likely_duplicates_of(conn, &fields, Some(id)))
        .await
}

async fn respond_deleted(
    request: &PageRequest,
    id: i64,
    deleted: &DeletedEdit<LeadForm>,
    back: String,
) -> Result<HttpResponse> {
    let owner = deleted.typed.text(LeadField::Owner).parse();
    let owner: i64 = owner.unwrap_or_default();
    let read = move |conn: &mut Conn, principal: &Principal| {
        let can_restore = Rights::of(principal).can_manage;
        Ok((users::names(conn, &[owner])?, can_restore))
    };
    let (owner_names, can_restore) = request.read(read).await?;
    let view = deleted_page(request.page(), id, deleted, &owner_names, can_restore, back);
    html(StatusCode::CONFLICT, &view)
}

/// The names of the owners that either side has.
async fn owner_names(request: &PageRequest, conflict: &ConflictingEdit<Lead>) -> Result<UserNames> {
    let sides = [&conflict.merge.merged, &conflict.record.fields];
    let ids: Vec<i64> = sides.iter().filter_map(|side| side.owner).collect();
    request.read(move |conn, _| users::names(conn, &ids)).await
}

/// The message about a saved edit.
fn saved_flash(saved: &SavedEdit<Lead>, lang: Lang) -> Flash {
    let name = saved.record.fields.name.as_str();
    let message = match (saved.is_changed, saved.merged_changes.is_empty()) {
        (false, _) => Message::new("lead-saved-same").with("name", name),
        (true, true) => Message::new("lead-saved").with("name", name),
        (true, false) => Message::new("lead-saved-merged")
            .with("name", name)
            .with("by", editor_names(&saved.merged_changes))
            .with("fields", labels(&saved.merged_changes, lang)),
    };
    Flash::ok(message)
}
