use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::access::{Visitor, Who, users};
use crate::audit::shown_actor;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::views::board::{BoardData, BoardPage};
use crate::leads::views::narrowed::Choices;
use crate::leads::{
    Board, Lead, Move, Rights, Via, columns, find, move_held, standing, store, taken_back, target,
    visits,
};
use crate::statuses;
use crate::web::fields::{Fields, parse_id};
use crate::web::{Flash, Form, html};

/// Where the board is.
pub const BOARD: &str = "/admin/leads/board";

/// `GET /admin/leads/board`: a column for each status.
pub async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.request().query_string().as_bytes())?;
    let board = Board::read(&query);
    let data = visitor
        .read(move |conn, who| load(conn, who, &board))
        .await?;
    html(StatusCode::OK, &BoardPage::new(visitor.page(), data))
}

fn load(conn: &mut Conn, who: &Who, board: &Board) -> Result<BoardData> {
    let statuses = statuses::everything(conn)?;
    // The address goes on saying "me".
    let asked = Board {
        filters: board.filters.clone().for_user(who.user_id),
        ..board.clone()
    };
    let columns = columns(conn, &asked, &statuses, who.now)?;
    let cards = columns.iter().flat_map(|column| &column.cards);
    let mut owners: Vec<i64> = cards.filter_map(|lead| lead.fields.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    Ok(BoardData {
        names: users::names(conn, &owners)?,
        choices: Choices::read(conn)?,
        mistake: match board.moved {
            Some(id) => taken_back(&visits(conn, id)?).map(|_| id),
            None => None,
        },
        rights: Rights::of(who),
        now: who.now,
        board: board.clone(),
        columns,
    })
}

/// What a card's menu, or a drop, asks for.
#[derive(Debug, Clone)]
struct Asked {
    id: i64,
    /// The status to enter; nothing for what is no id.
    to: Option<i64>,
    /// Where the mover saw it; 0, where no lead ever is, for what is no id.
    from: Option<i64>,
    board: Board,
}

/// `POST /admin/leads/{id}/move`: from one column of the board to another.
pub async fn step(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let asked = Asked {
        id,
        to: fields.text("status").and_then(parse_id),
        from: fields
            .text("from")
            .map(|typed| parse_id(typed).unwrap_or(0)),
        board: board_of(&fields),
    };
    let job = asked.clone();
    let done = visitor
        .write(move |conn, who| step_on(conn, who, &job))
        .await;
    match done {
        Ok(told) => {
            let next = Board {
                moved: Some(id),
                ..asked.board
            };
            Ok(visitor.redirect(&next.url(BOARD), Some(Flash::ok(told))))
        }
        Err(error) => refuse(&visitor, asked, error).await,
    }
}

/// Moves it, unless it is there already; what to say about it.
fn step_on(conn: &mut Conn, who: &Who, asked: &Asked) -> Result<Message> {
    if let Some(to) = asked.to {
        statuses::keep(conn, &[to])?;
    }
    let lead = store::hold(conn, asked.id)?;
    let rights = Rights::of(who);
    rights.must_touch(&lead)?;
    let unknown = || FieldErrors::one("status", Message::new("lead-status-unknown"));
    let to = asked.to.ok_or_else(|| Error::Invalid(unknown()))?;
    let status = target(conn, to)?;
    let told = |key| {
        Message::new(key)
            .with("name", lead.fields.name.as_str())
            .with("status", status.name.as_str())
    };
    if lead.status_id == to && !lead.is_deleted() {
        return Ok(told("board-moved-already"));
    }
    if asked.from.is_some_and(|from| from != lead.status_id) {
        return Err(Error::StaleVersion {
            current: lead.version,
        });
    }
    let moved = told("board-moved");
    let order = Move::new(to, Via::Board);
    move_held(conn, &who.actor("board"), rights, &order, vec![lead])?;
    Ok(moved)
}

/// The board as it is now, with the reason why nothing was moved.
async fn refuse(visitor: &Visitor, asked: Asked, error: Error) -> Result<HttpResponse> {
    let status = error.status();
    let is_overtaken = matches!(error, Error::StaleVersion { .. });
    let mut why = match error {
        Error::Forbidden => Message::new("lead-refused-other"),
        Error::Conflict(why) => why,
        Error::StaleVersion { .. } => Message::new("board-overtaken"),
        Error::Invalid(errors) => match errors.iter().next() {
            Some((_, told)) => told.clone(),
            None => Message::new("error-invalid"),
        },
        other => return Err(other),
    };
    let (data, latest) = visitor
        .read(move |conn, who| {
            let lead = find(conn, asked.id)?;
            let data = load(conn, who, &asked.board)?;
            Ok((data, latest(conn, &lead, is_overtaken)?))
        })
        .await?;
    if let Some((who, status)) = latest {
        why = why
            .with("who", shown_actor(&who, visitor.page().lang))
            .with("status", status);
    }
    let mut page = visitor.page();
    page.flash = Some(Flash::error(why));
    html(status, &BoardPage::new(page, data))
}

/// Who moved it last, and where it is now.
fn latest(conn: &mut Conn, lead: &Lead, is_asked: bool) -> Result<Option<(String, String)>> {
    if !is_asked {
        return Ok(None);
    }
    let status = statuses::find(conn, lead.status_id)?;
    let visits = visits(conn, lead.id)?;
    let last = standing(&visits).next_back();
    let who = last.map_or_else(|| lead.updated_by.clone(), |last| last.actor.clone());
    Ok(Some((who, status.name.to_string())))
}

/// The board that a form was sent from, in the state it was in; anything else means the plain one.
fn board_of(sent: &Fields) -> Board {
    let query = sent
        .text("back")
        .and_then(|back| back.strip_prefix(BOARD))
        .and_then(|rest| rest.strip_prefix('?'));
    let fields = query.and_then(|query| Fields::from_urlencoded(query.as_bytes()).ok());
    let board = Board::read(
        &fields
            .filter(|fields| !fields.has_nul())
            .unwrap_or_default(),
    );
    Board {
        moved: None,
        ..board
    }
}
