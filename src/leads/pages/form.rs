use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::LIST;
use super::back::{WAY, page_of, path_of};
use super::single::seen;
use crate::access::{Visitor, Who, users};
use crate::audit::people;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::leads::edit::{self, Contested, Edited, Saved};
use crate::leads::shown::{People, label};
use crate::leads::views::conflict::{ConflictPage, GonePage};
use crate::leads::views::form::{EditPage, FormPart, NewPage, Offered};
use crate::leads::{Lead, LeadForm, Rights, Via, changes, store};
use crate::statuses;
use crate::web::fields::parse_id;
use crate::web::{Flash, Form, Raw, html};

/// The most sources that are offered.
const SOURCES: i64 = 200;

/// The id in a path.
pub(super) fn id(path: &str) -> Result<i64> {
    parse_id(path).ok_or(Error::NotFound)
}

/// What there is to choose from in the form of a lead; `owner` is one who has it already.
fn offered(conn: &mut Conn, who: &Who, owner: Option<i64>) -> Result<Offered> {
    let rights = Rights::of(who);
    let mut owners: Vec<(i64, String)> = match rights.may_manage {
        true => users::list_enabled(conn)?
            .into_iter()
            .map(|user| (user.id, user.name))
            .collect(),
        false => vec![(who.user_id, who.name.clone())],
    };
    if let Some(id) = owner.filter(|id| owners.iter().all(|(known, _)| known != id)) {
        owners.extend(users::names(conn, &[id])?);
    }
    Ok(Offered {
        owners,
        sources: store::sources(conn, SOURCES)?,
        statuses: statuses::in_use(conn)?,
        may_manage: rights.may_manage,
    })
}

/// `GET /admin/leads/new`: the empty form.
pub async fn new(visitor: Visitor) -> Result<HttpResponse> {
    let query = visitor.query()?;
    let back = WAY.back(&query);
    let lang = visitor.page().lang;
    let (offered, typed) = visitor
        .read(move |conn, who| {
            let status = statuses::default_id(conn)?;
            let typed = LeadForm {
                owner: Raw::Text(who.user_id.to_string()),
                status: Raw::Text(status.to_string()),
                currency: Raw::Text(crate::leads::Currency::DEFAULT.to_string()),
                manner: Some(lang),
                ..LeadForm::default()
            };
            Ok((offered(conn, who, None)?, typed))
        })
        .await?;
    let form = FormPart::new(typed, FieldErrors::new(), offered, back);
    let page = visitor.page();
    html(StatusCode::OK, &NewPage { page, form })
}

/// `POST /admin/leads`: makes a lead; what can't be accepted comes back as it was typed.
pub async fn create(visitor: Visitor, form: Form) -> Result<HttpResponse> {
    let sent = form.0;
    let typed = LeadForm::read_typed(&sent, visitor.page().lang);
    let again = typed.clone();
    let made = visitor
        .write(move |conn, who| insert(conn, who, &typed))
        .await;
    let back = WAY.back(&sent);
    match made {
        Ok(made) => {
            let told = Message::new("lead-saved-new").with("name", made.fields.name.as_str());
            let next = match sent.has("another") {
                true => WAY.with_back(&format!("{LIST}/new"), &back),
                false => page_of(made.id, &back),
            };
            Ok(visitor.redirect(&next, Some(Flash::ok(told))))
        }
        Err(Error::Invalid(errors) | Error::Taken(errors)) => {
            let offered = visitor.read(|conn, who| offered(conn, who, None)).await?;
            let form = FormPart::new(again, errors, offered, back);
            let page = visitor.page();
            html(StatusCode::UNPROCESSABLE_ENTITY, &NewPage { page, form })
        }
        Err(error) => Err(error),
    }
}

fn insert(conn: &mut Conn, who: &Who, typed: &LeadForm) -> Result<Lead> {
    let (fields, status) = match (typed.parse(None), typed.status()) {
        (Ok(fields), Ok(status)) => (fields, status),
        (fields, status) => {
            let mut errors = fields.err().unwrap_or_default();
            for (field, told) in status.err().unwrap_or_default().iter() {
                errors.add(field, told.clone());
            }
            return Err(Error::Invalid(errors));
        }
    };
    let (actor, rights) = (who.actor("ui"), Rights::of(who));
    changes::create(conn, &actor, rights, &fields, status, Via::Ui)
}

/// `GET /admin/leads/{id}/edit`: the form as the lead is.
pub async fn edit(visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let query = visitor.query()?;
    let (lead, offered) = visitor
        .read(move |conn, who| {
            let lead = seen(conn, who, id)?;
            let offered = offered(conn, who, lead.fields.owner)?;
            Ok((lead, offered))
        })
        .await?;
    let back = WAY.back_to(&query, &path_of(id));
    let page = visitor.page();
    let typed = LeadForm::of(&lead, page.lang);
    let form = FormPart::new(typed, FieldErrors::new(), offered, back);
    html(StatusCode::OK, &EditPage { page, form, lead })
}

/// `POST /admin/leads/{id}`: saves an edit, together with what others saved since it began.
pub async fn update(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let sent = form.0;
    let back = WAY.back_to(&sent, &path_of(id));
    let lang = visitor.page().lang;
    let save = move |conn: &mut Conn, who: &Who| {
        edit::save(conn, &who.actor("ui"), Rights::of(who), id, &sent, lang)
    };
    let edited = visitor.write(save).await?;
    answer(&visitor, edited, back).await
}

async fn answer(visitor: &Visitor, edited: Edited, back: String) -> Result<HttpResponse> {
    match edited {
        Edited::Saved(saved) => {
            let flash = flash(&saved, visitor.page().lang);
            Ok(visitor.redirect(&back, Some(flash)))
        }
        Edited::Refused(refused) => {
            let owner = refused.lead.fields.owner;
            let offered = visitor
                .read(move |conn, who| offered(conn, who, owner))
                .await?;
            let form = FormPart::new(refused.typed, refused.errors, offered, back);
            let (page, lead) = (visitor.page(), refused.lead);
            let view = EditPage { page, form, lead };
            html(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Edited::Contested(contested) => {
            let people = owners(visitor, &contested).await?;
            let view = ConflictPage::new(visitor.page(), *contested, &people, back);
            html(StatusCode::CONFLICT, &view)
        }
        Edited::Gone(gone) => {
            let owner = gone.typed.owner.text().parse::<i64>().unwrap_or_default();
            let read = move |conn: &mut Conn, who: &Who| {
                Ok((users::names(conn, &[owner])?, Rights::of(who).may_manage))
            };
            let (people, may_restore) = visitor.read(read).await?;
            let view = GonePage {
                page: visitor.page(),
                gone: *gone,
                people,
                may_restore,
                back,
            };
            html(StatusCode::CONFLICT, &view)
        }
    }
}

/// The names of those whom either side names as the owner.
async fn owners(visitor: &Visitor, contested: &Contested) -> Result<People> {
    let sides = [&contested.merge.merged, &contested.lead.fields];
    let ids: Vec<i64> = sides.iter().filter_map(|side| side.owner).collect();
    visitor.read(move |conn, _| users::names(conn, &ids)).await
}

/// What the next page says about an edit that is saved.
fn flash(saved: &Saved, lang: Lang) -> Flash {
    let name = saved.lead.fields.name.as_str();
    let told = match (saved.is_changed, saved.kept.is_empty()) {
        (false, _) => Message::new("lead-saved-same").with("name", name),
        (true, true) => Message::new("lead-saved").with("name", name),
        (true, false) => {
            let labels: Vec<&str> = saved
                .kept
                .iter()
                .map(|kept| lang.t(label(kept.field)))
                .collect();
            Message::new("lead-saved-merged")
                .with("name", name)
                .with("by", people(&saved.kept))
                .with("fields", labels.join(", "))
        }
    };
    Flash::ok(told)
}
