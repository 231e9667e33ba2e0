//! The dictionary: what every status means, on one page.

use actix_web::HttpResponse;

use crate::access::{PageRequest, Permission, Principal, User, users};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::form_value::{FormValue, parse_version};
use crate::statuses::domain::movement::Movers;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::paths::DICTIONARY;
use crate::statuses::http::views::dictionary::{DictionaryData, DictionaryPage};
use crate::statuses::store;
use crate::web::{Flash, Form, Id, html};

/// `GET /admin/leads/statuses/dictionary`: every status in pipeline order.
pub async fn show(request: PageRequest) -> Result<HttpResponse> {
    let data = request.read(load).await?;
    let view = DictionaryPage::new(request.page(), data);
    html(actix_web::http::StatusCode::OK, &view)
}

fn load(conn: &mut Conn, principal: &Principal) -> Result<DictionaryData> {
    // Who works with the whole team sees who has not read what.
    let shows_readers = principal.can(Permission::LeadsManage);
    let people = match shows_readers {
        true => users::list_enabled(conn)?,
        false => Vec::new(),
    };
    let moves_leads = |user: &User| Movers::CHOICES.contains(&user.role);
    let people = people.into_iter().filter(moves_leads);
    Ok(DictionaryData {
        all: store::list_all(conn)?,
        statuses: store::list_in_use(conn)?,
        readers: store::definitions::readers(conn)?,
        people: people.map(|user| (user.id, user.name)).collect(),
        shows_readers,
        user_id: principal.user_id,
    })
}

/// `POST /admin/leads/statuses/{id}/read`: the user has read the version that the page showed.
pub async fn mark_read(request: PageRequest, Id(id): Id, Form(sent): Form) -> Result<HttpResponse> {
    let typed = FormValue::read(&sent, "version");
    let status = request
        .write(move |conn, principal| apply_read(conn, principal, id, &typed))
        .await?;
    let message = Message::new("dictionary-read-done").with("name", status.name.as_str());
    let next = format!("{DICTIONARY}#{}", status.slug);
    Ok(request.redirect(&next, Some(Flash::ok(message))))
}

fn apply_read(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    typed: &FormValue,
) -> Result<LeadStatus> {
    let status = store::find(conn, id)?;
    let version = parse_version(typed.text()).map_err(|why| Error::invalid("version", why))?;
    if version != Some(status.definition_version) {
        return Err(Error::Conflict(Message::new("dictionary-changed")));
    }
    let read = (id, status.definition_version);
    store::definitions::mark_read(conn, read, principal.user_id, principal.now)?;
    Ok(status)
}
