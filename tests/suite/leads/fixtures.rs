//! What the tests of one lead share.

use lead_statuses::access::users;
use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::leads;
use lead_statuses::leads::actions::changes;
use lead_statuses::leads::domain::text::TextLine;
use lead_statuses::leads::{Lead, LeadFields, LeadRequest, Move, Rights, Visit, move_leads};

use crate::support::{Browser, Page, Person, TestApp};

pub const LIST: &str = "/admin/leads";
/// The form of a page for a lead's fields.
pub const FORM: &str = "main form[data-guard]";
/// The form in the menu of the board's cards.
pub const CARD_MOVE: &str = "form[data-board-move]";
/// The form that moves a lead.
pub const MOVE: &str = "form[action$='/status']";

pub fn path_of(lead: &Lead) -> String {
    format!("{LIST}/{}", lead.id)
}

/// The user id of a person.
pub async fn user(app: &TestApp, who: Person) -> i64 {
    let find = |conn: &mut lead_statuses::db::Conn| users::find_by_email(conn, who.email);
    app.db.read(find).await.unwrap().expect("a user").id
}

/// A lead that another system just made, with or without an owner.
pub async fn create_lead(app: &TestApp, name: &str, owner: Option<Person>) -> Lead {
    let owner = match owner {
        Some(owner) => Some(user(app, owner).await),
        None => None,
    };
    let fields = LeadFields {
        owner,
        company: TextLine::parse("Acme").unwrap(),
        ..LeadFields::with_name(TextLine::parse(name).unwrap())
    };
    let actor = Actor::program(Channel::Api, app.clock.now());
    let make = move |conn: &mut lead_statuses::db::Conn| {
        let request = LeadRequest::of(fields.clone(), None, Channel::Api);
        changes::create(conn, &actor, Rights::program(), request).map(|(lead, _)| lead)
    };
    app.db.write(make).await.unwrap()
}

/// Another system moves it.
pub async fn move_lead(app: &TestApp, lead: &Lead, to: &str) {
    let (id, to) = (lead.id, status(app, to).await);
    let actor = Actor::program(Channel::Api, app.clock.now());
    let lead_move = Move::new(to, Channel::Api);
    let go = move |conn: &mut lead_statuses::db::Conn| move_leads(conn, &actor, &lead_move, &[id]);
    app.db.write(go).await.unwrap();
}

/// Another system changes its fields.
pub async fn change_lead(app: &TestApp, lead: &Lead, change: impl Fn(&mut LeadFields)) {
    let id = lead.id;
    let mut fields = now(app, lead).await.fields;
    change(&mut fields);
    let actor = Actor::program(Channel::Api, app.clock.now());
    let save = move |conn: &mut lead_statuses::db::Conn| {
        changes::update(conn, &actor, Rights::program(), id, &fields)
    };
    app.db.write(save).await.unwrap();
}

/// Another system puts it into the bin.
pub async fn delete_lead(app: &TestApp, lead: &Lead) {
    let id = lead.id;
    let actor = Actor::program(Channel::Api, app.clock.now());
    let delete = move |conn: &mut lead_statuses::db::Conn| {
        changes::delete(conn, &actor, Rights::program(), &[id])
    };
    app.db.write(delete).await.unwrap();
}

/// The lead as it is now.
pub async fn now(app: &TestApp, lead: &Lead) -> Lead {
    let id = lead.id;
    app.db
        .read(move |conn| leads::find(conn, id))
        .await
        .unwrap()
}

/// Its history.
pub async fn visits(app: &TestApp, lead: &Lead) -> Vec<Visit> {
    let id = lead.id;
    app.db
        .read(move |conn| leads::visits(conn, id))
        .await
        .unwrap()
}

/// The id of a status.
pub async fn status(app: &TestApp, name: &str) -> i64 {
    app.api(crate::support::ALICE).status_id(name).await
}

/// The id of a status as forms send it.
pub async fn status_value(app: &TestApp, name: &str) -> String {
    status(app, name).await.to_string()
}

/// Moves a lead by the menu of its card on the board.
pub async fn move_card(browser: &Browser, board: &Page, lead: i64, to: &str) -> Page {
    let card = format!("#lead-{lead}");
    browser
        .submit_menu(board, &card, CARD_MOVE, &[("status", to)])
        .await
}
