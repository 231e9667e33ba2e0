use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::back::{WAY, path_of};
use super::form::id;
use super::single::{done, held, seen};
use crate::access::{Visitor, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::leads::views::ask::{AskPage, Strike};
use crate::leads::{Cast, Lead, Rights, Visit, changes, history, store};
use crate::web::fields::{Fields, parse_id};
use crate::web::{Form, html};

/// `POST /admin/leads/{id}/visits/{visit}/void`: strikes one move from all figures, after a preview.
pub async fn void_one(
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse> {
    let (lead, visit) = path.into_inner();
    let ids = id(&lead).and_then(|lead| Ok((lead, id(&visit)?)));
    let (lead, visit) = visitor.admit(ids).await?;
    void(visitor, lead, vec![visit], form.0).await
}

/// `POST /admin/leads/{id}/void`: the same for several, as for a move and the move back.
pub async fn void_several(
    visitor: Visitor,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let sent = form.0;
    let visits: Option<Vec<i64>> = sent.all("visits").into_iter().map(parse_id).collect();
    let visits = visits.filter(|visits| !visits.is_empty());
    let ids = id(&path).and_then(|lead| Ok((lead, visits.ok_or(Error::NotFound)?)));
    let (lead, visits) = visitor.admit(ids).await?;
    void(visitor, lead, visits, sent).await
}

async fn void(visitor: Visitor, id: i64, visits: Vec<i64>, sent: Fields) -> Result<HttpResponse> {
    let asked = visits.clone();
    if !sent.is_on("confirm") {
        let seen = visitor
            .read(move |conn, who| look(conn, who, id, &asked))
            .await?;
        return ask(&visitor, seen, visits, &sent, None);
    }
    let version = sent
        .text("version")
        .and_then(|version| version.parse().ok());
    let struck = visitor
        .write(move |conn, who| {
            changes::hold_ways_back(conn, id)?;
            let lead = held(conn, who, id)?;
            known_visits(conn, id, &asked)?;
            changes::check_version(&lead, version)?;
            changes::void_held(conn, &who.actor("ui"), Rights::of(who), id, &asked)
        })
        .await;
    match struck {
        Ok(lead) => {
            let key = match visits.len() {
                1 => "lead-voided",
                _ => "lead-voided-several",
            };
            Ok(done(&visitor, &sent, &lead, key))
        }
        // Something happened to the lead since the preview: what would become of it now?
        Err(Error::StaleVersion { current }) => {
            let asked = visits.clone();
            let seen = visitor
                .read(move |conn, who| look(conn, who, id, &asked))
                .await?;
            let why = Error::StaleVersion { current };
            ask(&visitor, seen, visits, &sent, Some(why))
        }
        Err(error) => Err(error),
    }
}

type Seen = (Lead, Cast, Vec<Visit>);

fn look(conn: &mut Conn, who: &Who, id: i64, asked: &[i64]) -> Result<Seen> {
    let lead = seen(conn, who, id)?;
    let visits = known_visits(conn, id, asked)?;
    let cast = Cast::with_history(conn, std::slice::from_ref(&lead))?;
    Ok((lead, cast, visits))
}

/// The history of a lead, which knows every visit that is asked for.
fn known_visits(conn: &mut Conn, id: i64, asked: &[i64]) -> Result<Vec<Visit>> {
    let visits = store::visits(conn, id)?;
    let is_known = |id: &i64| visits.iter().any(|visit| visit.id == *id);
    match asked.iter().all(is_known) {
        true => Ok(visits),
        false => Err(Error::NotFound),
    }
}

/// The preview: what becomes of the lead, or why nothing will.
fn ask(
    visitor: &Visitor,
    (lead, cast, visits): Seen,
    ids: Vec<i64>,
    sent: &Fields,
    why: Option<Error>,
) -> Result<HttpResponse> {
    let page = visitor.page();
    let changes = history::strike(&visits, &ids, page.now);
    let strike = Strike {
        cast,
        visits,
        ids,
        changes: changes.as_deref().unwrap_or_default().to_vec(),
    };
    let refusal = changes.err().or_else(|| strike.refusal());
    let status = match refusal.is_some() || why.is_some() {
        true => StatusCode::CONFLICT,
        false => StatusCode::OK,
    };
    let may_go_on = refusal.is_none();
    let why = refusal.or_else(|| why.map(|why| why.message()));
    let back = WAY.back_to(sent, &path_of(lead.id));
    let view = AskPage::strike(page, lead, &strike, why, may_go_on, back);
    html(status, &view)
}
