//! The pages under `/admin/api/api_management`.

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpResponse};

use crate::access::{PageRequest, Principal, User, accounts, users};
use crate::api_tokens::domain::filter::{RevokedFilter, TokenFilter};
use crate::api_tokens::domain::token::{ApiToken, Secret, TokenForm};
use crate::api_tokens::http::views::{IssuedPage, ListData, ListPage, NewPage, RevokePage, TOKENS};
use crate::api_tokens::{actions, store};
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::idempotency::RepeatedAnswer;
use crate::records::fields::{Fields, parse_id};
use crate::records::paging::NumberedList;
use crate::web::{Flash, Form, Id, Query, html, secret_html};

/// `GET /admin/api/api_management`.
pub async fn list(
    request: PageRequest,
    Query(listing): Query<NumberedList<TokenFilter>>,
) -> Result<HttpResponse> {
    let data = request.read(move |conn, _| load(conn, listing)).await?;
    html(StatusCode::OK, &ListPage::new(request.page(), data))
}

fn load(conn: &mut Conn, listing: NumberedList<TokenFilter>) -> Result<ListData> {
    let (not_revoked, all) = (store::count(conn, false)?, store::count(conn, true)?);
    let is_readable = listing.filter.unreadable.is_empty();
    let is_all = listing.filter.state == RevokedFilter::All;
    let total = match (is_readable, is_all) {
        (false, _) => 0,
        (true, true) => all,
        (true, false) => not_revoked,
    };
    let paging = listing.paging(total, TOKENS);
    let tokens = match is_readable {
        true => store::list(conn, is_all, paging.offset(), paging.per_page)?,
        false => Vec::new(),
    };
    Ok(ListData {
        tokens,
        paging,
        listing,
        counts: (not_revoked, all),
    })
}

/// `GET /admin/api/api_management/new`: one's own token by default, for reading.
pub async fn new(request: PageRequest) -> Result<HttpResponse> {
    let own = request.read(|_, principal| Ok(principal.user_id)).await?;
    let typed = TokenForm {
        scopes: vec!["read".to_owned()],
        expires_days: "90".to_owned(),
        owner: own.to_string(),
        ..TokenForm::default()
    };
    form_page(&request, StatusCode::OK, typed, FieldErrors::new()).await
}

/// `POST /admin/api/api_management`: issues a token and shows it this once. A form that was sent before issues no other.
pub async fn create(request: PageRequest, Form(typed): Form<TokenForm>) -> Result<HttpResponse> {
    match issue(&request, typed.clone()).await {
        Ok((token, secret)) => {
            answer_repeated_with_name(&request, &token);
            let view = IssuedPage::new(request.page(), token, &secret);
            secret_html(StatusCode::CREATED, &view)
        }
        Err(Error::Invalid(errors)) => {
            form_page(&request, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await
        }
        Err(other) => Err(other),
    }
}

async fn issue(request: &PageRequest, typed: TokenForm) -> Result<(ApiToken, Secret)> {
    let write = request.write(move |conn, principal| {
        let owner = owner(conn, principal, &typed.owner)?;
        actions::issue(conn, &principal.actor(Channel::Ui), &owner, &typed)
    });
    write.await
}

/// A form that is sent again leads to the list, with the name of the token that it issued.
fn answer_repeated_with_name(request: &PageRequest, token: &ApiToken) {
    let message = Message::new("token-issued-before").with("name", token.name.as_str());
    let (path, flash) = (TOKENS, Flash::warn(message));
    let answer = RepeatedAnswer { path, flash };
    request.http().extensions_mut().insert(answer);
}

/// The user with the id in the form; the sender if there is none.
fn owner(conn: &mut Conn, principal: &Principal, typed_id: &str) -> Result<User> {
    let id = match typed_id.is_empty() {
        true => Some(principal.user_id),
        false => parse_id(typed_id),
    };
    let unknown = || Error::invalid("owner", Message::new("token-owner-unknown"));
    users::find(conn, id.ok_or_else(unknown)?).map_err(|error| match error {
        Error::NotFound => unknown(),
        other => other,
    })
}

async fn form_page(
    request: &PageRequest,
    status: StatusCode,
    typed: TokenForm,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let owners = request.read(|conn, _| users::list_enabled(conn)).await?;
    let view = NewPage {
        page: request.page(),
        errors,
        typed,
        owners,
    };
    html(status, &view)
}

/// `POST /admin/api/api_management/{id}/revoke`: asks for confirmation, then revokes the token.
pub async fn revoke(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form<Fields>,
) -> Result<HttpResponse> {
    if !fields.without_nul()?.is_on("confirm") {
        let token = request.read(move |conn, _| store::find(conn, id)).await?;
        let view = RevokePage {
            page: request.page(),
            token,
        };
        return html(StatusCode::OK, &view);
    }
    let token = request
        .write(move |conn, principal| actions::revoke(conn, &principal.actor(Channel::Ui), id))
        .await?;
    accounts::wait_for_writes(&request.app().db, token.owner_id).await;
    let message = Message::new("token-revoked-told").with("name", &token.name);
    request.redirect_ok(TOKENS, message)
}
