use actix_web::HttpResponse;

use super::LIST;
use crate::access::{Visitor, Who};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::views::list::{ListData, ListPage};
use crate::leads::views::narrowed::Choices;
use crate::leads::views::outcome::Outcome;
use crate::leads::{
    Against, Cast, Census, Counted, Letters, Listing, Pageful, Rights, census, pageful, total,
};
use crate::statuses;
use crate::web::fields::Fields;

/// `GET /admin/leads`: the list.
pub async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.request().query_string().as_bytes())?;
    let listing = Listing::read(&query);
    let batch = visitor.flash().and_then(|flash| flash.batch);
    // Leads become stuck by the mere passing of time: what was read holds for the second.
    let second = visitor.app().clock.now().second();
    let key = format!("leads {second} {} {batch:?}", listing.url(LIST));
    let data = visitor
        .recall_or_read(&key, ListData::weight, move |conn, who| {
            load(conn, who, listing, batch)
        })
        .await?;
    visitor.render(&key, |page| ListPage::new(page, data))
}

fn load(conn: &mut Conn, who: &Who, listing: Listing, batch: Option<i64>) -> Result<ListData> {
    let statuses = statuses::everything(conn)?;
    let asked = listing.clone().for_user(who.user_id);
    let letters = Letters::default();
    let against = Against::new(&statuses, who.now, &letters);
    let (mut pageful, census, total) = match asked.unreadable.is_empty() {
        true => shown(conn, &asked, against)?,
        false => (Pageful::none(&asked), Census::default(), Counted::default()),
    };
    // The address goes on saying "me".
    pageful.listing.owner = listing.owner;
    let outcome = match batch {
        Some(batch) => Outcome::read(conn, batch, &statuses)?,
        None => None,
    };
    Ok(ListData {
        cast: Cast::with(conn, statuses, &pageful.rows)?,
        choices: Choices::read(conn)?,
        rights: Rights::of(who),
        now: who.now,
        pageful,
        census,
        total,
        outcome,
    })
}

/// A page of the list, and how many leads the list has by how they stand and in all.
fn shown(conn: &mut Conn, asked: &Listing, against: Against) -> Result<(Pageful, Census, Counted)> {
    let pageful = pageful(conn, asked, against)?;
    let census = match pageful.census(asked, against) {
        Some(shown) => shown,
        None => census(conn, asked, against)?,
    };
    let total = total(conn, asked, &census, against)?.beside(&pageful);
    Ok((pageful, census.beside(asked.state, total), total))
}
