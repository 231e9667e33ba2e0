//! The pages under `/admin/api/api_management`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::access::{PageRequest, Principal, User, accounts, users};
use crate::api_tokens::filter::TokenFilter;
use crate::api_tokens::token::TokenForm;
use crate::api_tokens::views::{IssuedPage, ListPage, NewPage, RevokePage, TOKENS};
use crate::api_tokens::{issue, store};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::idempotency::FormSubmission;
use crate::records::fields::{Fields, parse_id};
use crate::records::filters::Filtered;
use crate::web::{Flash, Form, Paging, html, link, random_token};

/// `GET /admin/api/api_management`.
pub async fn list(visitor: PageRequest) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.http().query_string().as_bytes())?;
    let mut filter = TokenFilter::default();
    filter.read_filters(&query);
    let (is_all, is_readable) = (filter.is_all, filter.unreadable.is_empty());
    let number = |name| query.text(name).and_then(parse_id).unwrap_or_default();
    let (page, per) = (number("page"), number("per"));
    let (tokens, paging, counts) = visitor
        .read(move |conn, _| {
            let counts = (store::count(conn, false)?, store::count(conn, true)?);
            let total = match (is_readable, is_all) {
                (false, _) => 0,
                (true, true) => counts.1,
                (true, false) => counts.0,
            };
            let paging = Paging::new(total, per, page, move |page, per| {
                address(is_all, page, per)
            });
            let tokens = match is_readable {
                true => store::list(conn, is_all, paging.offset(), paging.per)?,
                false => Vec::new(),
            };
            Ok((tokens, paging, counts))
        })
        .await?;
    let view = ListPage {
        page: visitor.page(),
        tokens,
        paging,
        filter,
        counts,
    };
    html(StatusCode::OK, &view)
}

fn address(is_all: bool, page: i64, per: i64) -> String {
    let number = |number: i64, default| match number == default {
        true => String::new(),
        false => number.to_string(),
    };
    let state = if is_all { "all" } else { "" };
    let (page, per) = (number(page, 1), number(per, 20));
    link(TOKENS, &[("state", state), ("page", &page), ("per", &per)])
}

/// `GET /admin/api/api_management/new`: one's own token by default, for reading.
pub async fn new(visitor: PageRequest) -> Result<HttpResponse> {
    let own = visitor.read(|_, principal| Ok(principal.user_id)).await?;
    let typed = TokenForm {
        scopes: vec!["read".to_owned()],
        expires_days: "90".to_owned(),
        owner: own.to_string(),
        ..TokenForm::default()
    };
    form_page(&visitor, StatusCode::OK, typed, FieldErrors::new()).await
}

/// `POST /admin/api/api_management`: issues a token; the answer is the only page that ever shows it. The same form
/// sent again issues no other.
pub async fn create(visitor: PageRequest, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let typed = TokenForm::read(&fields);
    let (sent, sending) = (typed.clone(), FormSubmission::of(&visitor, &fields));
    let issued = visitor
        .write(move |conn, principal| {
            if !sending.is_first(conn, principal)? {
                return Ok(None);
            }
            let owner = owner(conn, principal, &sent.owner)?;
            issue(conn, &principal.actor("ui"), &owner, &sent).map(Some)
        })
        .await;
    match issued {
        Ok(None) => {
            let told = Message::new("token-issued-before").with("name", typed.name.trim());
            Ok(visitor.redirect(TOKENS, Some(Flash::warn(told))))
        }
        Ok(Some((token, secret))) => {
            let view = IssuedPage {
                page: visitor.page(),
                token,
                secret: secret.reveal().to_owned(),
            };
            html(StatusCode::CREATED, &view)
        }
        Err(Error::Invalid(errors)) => {
            form_page(&visitor, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await
        }
        Err(other) => Err(other),
    }
}

/// The user whose id was chosen; the sender if none was.
fn owner(conn: &mut Conn, principal: &Principal, chosen: &str) -> Result<User> {
    let id = match chosen.is_empty() {
        true => Some(principal.user_id),
        false => parse_id(chosen),
    };
    let unknown = || {
        let told = Message::new("token-owner-unknown");
        Error::Invalid(FieldErrors::one("owner", told))
    };
    users::find(conn, id.ok_or_else(unknown)?).map_err(|error| match error {
        Error::NotFound => unknown(),
        other => other,
    })
}

async fn form_page(
    visitor: &PageRequest,
    status: StatusCode,
    typed: TokenForm,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let owners = visitor.read(|conn, _| users::list_enabled(conn)).await?;
    let view = NewPage {
        page: visitor.page(),
        errors,
        typed,
        owners,
        once: random_token(16),
    };
    html(status, &view)
}

/// `POST /admin/api/api_management/{id}/revoke`: asks first, then makes the token worthless.
pub async fn revoke(
    visitor: PageRequest,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    if !form.without_nul()?.is_on("confirm") {
        let token = visitor.read(move |conn, _| store::find(conn, id)).await?;
        let view = RevokePage {
            page: visitor.page(),
            token,
        };
        return html(StatusCode::OK, &view);
    }
    let token = visitor
        .write(move |conn, principal| crate::api_tokens::revoke(conn, &principal.actor("ui"), id))
        .await?;
    accounts::wait_for_writes(&visitor.app().db, token.owner_id).await;
    let told = Message::new("token-revoked-told").with("name", &token.name);
    Ok(visitor.redirect(TOKENS, Some(Flash::ok(told))))
}
