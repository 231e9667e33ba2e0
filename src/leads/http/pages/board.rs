//! The board, and moving a lead on it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::audit::actor_label;
use crate::channel::Channel;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::leads::actions::board::{BoardColumn, board_columns};
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::moves::move_one;
use crate::leads::actions::nearest_names::nearest_names;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::board_listing::BoardListing;
use crate::leads::domain::history::{find_mistake, last_mover};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::move_form::MoveForm;
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::move_page::{needs_form, render_missing};
use crate::leads::http::paths::BOARD_PATH;
use crate::leads::http::views::board::{BoardData, BoardPage};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::{find, visits};
use crate::records::fields::{Fields, parse_id};
use crate::records::list::List;
use crate::statuses;
use crate::web::{Flash, Form, Id, Query, html};

/// `GET /admin/leads/board`: a column for each status.
pub async fn show(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let board = BoardListing::read(&query);
    let data = request
        .read_as(ReadKind::List, move |conn, principal| {
            load(conn, principal, &board)
        })
        .await?;
    html(StatusCode::OK, &BoardPage::new(request.page(), data))
}

fn load(conn: &mut Conn, principal: &Principal, board: &BoardListing) -> Result<BoardData> {
    let query = LeadQuery::load(conn, principal.user_id, principal.now, &board.filter.q)?;
    let columns = board_columns(conn, board, &query)?;
    let nearest = match columns.iter().any(BoardColumn::may_have_leads) {
        true => Vec::new(),
        false => nearest_names(conn, &board.filter)?,
    };
    let cards = columns.iter().flat_map(|column| &column.cards);
    Ok(BoardData {
        lookup: RelatedRecords::with_statuses(conn, query.statuses, cards)?,
        options: FilterOptions::load(conn)?,
        mistake: match board.moved_lead {
            Some(id) => find_mistake(&visits(conn, id)?).map(|_| id),
            None => None,
        },
        rights: Rights::of(principal),
        now: principal.now,
        board: board.clone(),
        nearest,
        columns,
    })
}

/// A move on the board, by the menu of a card or by dragging it.
#[derive(Debug, Clone)]
struct MoveRequest {
    id: i64,
    /// The status to enter; `None` if it is no id.
    to: Option<i64>,
    /// The status in which the user saw it; 0, which is no id, for an invalid value.
    from: Option<i64>,
    /// The answers to the rules of the status.
    form: MoveForm,
    board: BoardListing,
}

impl MoveRequest {
    fn read(id: i64, fields: &Fields, lang: Lang) -> MoveRequest {
        let from = fields.text("from");
        MoveRequest {
            id,
            to: fields.text("status").and_then(parse_id),
            from: from.map(|text| parse_id(text).unwrap_or(0)),
            form: MoveForm::read_in_lang(fields, Some(lang)),
            board: board_to_return_to(fields),
        }
    }
}

/// `POST /admin/leads/{id}/move`: from one column of the board to another.
pub async fn move_card(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    let move_request = MoveRequest::read(id, &fields, request.page().lang);
    let owned = move_request.clone();
    let moved = request
        .write(move |conn, principal| apply_move(conn, principal, &owned))
        .await;
    match moved {
        Ok(Some(message)) => Ok(redirect_moved(&request, move_request, message)),
        Ok(None) => render_refusal(&request, move_request, None).await,
        Err(error) if needs_form(&error, &fields) => {
            render_missing(&request, id, &fields, "move", error).await
        }
        Err(error) => render_refusal(&request, move_request, Some(error)).await,
    }
}

/// The board with the lead in its new column.
fn redirect_moved(
    request: &PageRequest,
    move_request: MoveRequest,
    message: Message,
) -> HttpResponse {
    let board = BoardListing {
        moved_lead: Some(move_request.id),
        ..move_request.board
    };
    request.redirect(&board.url(BOARD_PATH), Some(Flash::ok(message)))
}

/// Moves the lead, unless it is in the status already, and returns the message to show; nothing if it is not in the
/// status where the user saw it.
fn apply_move(
    conn: &mut Conn,
    principal: &Principal,
    move_request: &MoveRequest,
) -> Result<Option<Message>> {
    let (actor, rights) = (principal.actor(Channel::Board), Rights::of(principal));
    let unknown = || FieldErrors::one("status", Message::new("lead-status-unknown"));
    let prepare = |_: &Lead| {
        let to = move_request.to.ok_or_else(|| Error::Invalid(unknown()))?;
        let base = move_request
            .form
            .parse(principal.zone)
            .map_err(Error::Invalid)?;
        Ok(Move {
            to,
            channel: Channel::Board,
            ..base
        })
    };
    let is_stale = |lead: &Lead| Ok(move_request.from.is_some_and(|from| from != lead.status_id));
    let (id, to) = (move_request.id, move_request.to);
    let moved = move_one(conn, &actor, rights, id, to, prepare, is_stale)?;
    Ok(moved.message("board-moved", "board-moved-already"))
}

/// The current board, with the reason why the lead was not moved; without an error, because the user saw it elsewhere.
async fn render_refusal(
    request: &PageRequest,
    move_request: MoveRequest,
    error: Option<Error>,
) -> Result<HttpResponse> {
    let status = error.as_ref().map_or(StatusCode::CONFLICT, Error::status);
    let is_stale = error.is_none();
    let mut why = match error {
        None => Message::new("board-overtaken"),
        Some(Error::Forbidden) => Message::new("lead-refused-other"),
        Some(Error::Conflict(why)) => why,
        Some(Error::Invalid(errors)) => {
            let first = errors.iter().next().map(|(_, message)| message.clone());
            // Without one the session had ended, and the board is no form to be shown again.
            first.ok_or(Error::Invalid(errors))?
        }
        Some(other) => return Err(other),
    };
    let (data, latest) = request
        .read_as(ReadKind::List, move |conn, principal| {
            let lead = find(conn, move_request.id)?;
            let data = load(conn, principal, &move_request.board)?;
            let last = is_stale.then(|| last_move(conn, &lead)).transpose()?;
            Ok((data, last))
        })
        .await?;
    if let Some((mover, status)) = latest {
        why = why
            .with("who", actor_label(&mover, request.page().lang))
            .with("status", status);
    }
    let mut page = request.page();
    page.flash = Some(Flash::error(why));
    html(status, &BoardPage::new(page, data))
}

/// Who moved the lead last, and the name of its status.
fn last_move(conn: &mut Conn, lead: &Lead) -> Result<(String, String)> {
    let status = statuses::find(conn, lead.status_id)?;
    let mover = last_mover(lead, &visits(conn, lead.id)?).to_owned();
    Ok((mover, status.name.to_string()))
}

/// The board that a form was sent from; an invalid address means the default.
fn board_to_return_to(fields: &Fields) -> BoardListing {
    let query = fields
        .text("back")
        .and_then(|back| back.strip_prefix(BOARD_PATH))
        .and_then(|rest| rest.strip_prefix('?'));
    let fields = query.and_then(|query| Fields::from_urlencoded(query.as_bytes()).ok());
    let board = BoardListing::read(
        &fields
            .filter(|fields| !fields.has_nul())
            .unwrap_or_default(),
    );
    BoardListing {
        moved_lead: None,
        ..board
    }
}
