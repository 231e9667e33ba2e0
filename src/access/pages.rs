//! The pages under `/admin/users`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::access::password;
use crate::access::password::{Password, hash_limited};
use crate::access::user::{User, UserForm};
use crate::access::users;
use crate::access::users::UserFilter;
use crate::access::views::{EditPage, ListPage, NewPage};
use crate::access::{PageRequest, Role, accounts};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, parse_id};
use crate::records::filters::Filtered;
use crate::web::{Flash, Form, Paging, html, link};

/// Where the users are.
pub(super) const USERS: &str = "/admin/users";

/// `GET /admin/users`.
pub async fn list(visitor: PageRequest) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.http().query_string().as_bytes())?;
    let mut filter = UserFilter::default();
    filter.read_filters(&query);
    let number = |name| query.text(name).and_then(parse_id).unwrap_or_default();
    let (page, per, asked) = (number("page"), number("per"), filter.clone());
    let (users, paging) = visitor
        .read(move |conn, _| {
            let total = users::count(conn, &asked)?;
            let shown = asked.clone();
            let paging = Paging::new(total, per, page, move |page, per| {
                address(&shown, page, per)
            });
            let users = users::list(conn, &asked, paging.offset(), paging.per)?;
            Ok((users, paging))
        })
        .await?;
    let view = ListPage {
        page: visitor.page(),
        users,
        paging,
        filter,
    };
    html(StatusCode::OK, &view)
}

pub(super) fn address(filter: &UserFilter, page: i64, per: i64) -> String {
    let number = |number: i64, default| match number == default {
        true => String::new(),
        false => number.to_string(),
    };
    let pairs = filter.filter_pairs().into_iter();
    let place = [("page", number(page, 1)), ("per", number(per, 20))];
    let pairs: Vec<_> = pairs.chain(place).collect();
    let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    link(USERS, &pairs.collect::<Vec<_>>())
}

/// `GET /admin/users/new`.
pub async fn new(visitor: PageRequest) -> Result<HttpResponse> {
    visitor.read(|_, _| Ok(())).await?;
    let typed = UserForm {
        role: Role::Rep.as_str().to_owned(),
        ..UserForm::default()
    };
    new_page(&visitor, StatusCode::OK, typed, FieldErrors::new())
}

fn new_page(
    visitor: &PageRequest,
    status: StatusCode,
    typed: UserForm,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let view = NewPage {
        page: visitor.page(),
        errors,
        typed,
        min: password::MIN_CHARS,
    };
    html(status, &view)
}

/// `POST /admin/users`: adds a user.
pub async fn create(visitor: PageRequest, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let typed = UserForm::read(&fields);
    match add(
        &visitor,
        &typed,
        fields.text("password").unwrap_or_default(),
    )
    .await
    {
        Ok(user) => {
            let told = Message::new("user-added").with("name", &user.name);
            Ok(visitor.redirect(USERS, Some(Flash::ok(told))))
        }
        Err(Error::Invalid(errors) | Error::Taken(errors)) => {
            new_page(&visitor, StatusCode::UNPROCESSABLE_ENTITY, typed, errors)
        }
        Err(other) => Err(other),
    }
}

async fn add(visitor: &PageRequest, typed: &UserForm, password: &str) -> Result<User> {
    // Authorized before anything costly happens.
    let email = typed.email.clone();
    let holder = visitor
        .read(move |conn, _| users::find_by_email(conn, &email))
        .await?;
    let mut errors = FieldErrors::new();
    let fields = typed.parse().map_err(|found| errors = found);
    if holder.is_some() && errors.at("email").is_none() {
        errors.add("email", Message::new("user-email-taken"));
    }
    let password = Password::parse(password, &typed.email, &typed.name)
        .map_err(|message| errors.add("password", message));
    let (Ok(fields), Ok(password), true) = (fields, password, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let hash = hash_limited(visitor.app(), password).await?;
    visitor
        .write(move |conn, principal| {
            accounts::create(conn, &principal.actor("ui"), &fields, &hash)
        })
        .await
}

/// `GET /admin/users/{id}/edit`.
pub async fn edit(visitor: PageRequest, path: web::Path<String>) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    edit_page(&visitor, StatusCode::OK, id, None, FieldErrors::new()).await
}

async fn edit_page(
    visitor: &PageRequest,
    status: StatusCode,
    id: i64,
    typed: Option<UserForm>,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let user = visitor.read(move |conn, _| users::find(conn, id)).await?;
    let view = EditPage {
        page: visitor.page(),
        errors,
        typed: typed.unwrap_or_else(|| UserForm::from(&user)),
        user,
        min: password::MIN_CHARS,
    };
    html(status, &view)
}

/// `POST /admin/users/{id}`: name, address and role.
pub async fn update(
    visitor: PageRequest,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let typed = UserForm::read(&form.without_nul()?);
    let sent = typed.clone();
    let written = visitor
        .write(move |conn, principal| {
            users::find(conn, id)?;
            let fields = sent.parse().map_err(Error::Invalid)?;
            accounts::update(conn, &principal.actor("ui"), id, &fields)
        })
        .await;
    let (status, errors) = match written {
        Ok(user) => {
            accounts::wait_for_writes(&visitor.app().db, id).await;
            let told = Message::new("user-saved").with("name", &user.name);
            return Ok(visitor.redirect(USERS, Some(Flash::ok(told))));
        }
        Err(Error::Invalid(errors) | Error::Taken(errors)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, errors)
        }
        Err(Error::Conflict(message)) => (StatusCode::CONFLICT, FieldErrors::one("role", message)),
        Err(other) => return Err(other),
    };
    edit_page(&visitor, status, id, Some(typed), errors).await
}

/// `POST /admin/users/{id}/password`: a new password; the user's sessions end.
pub async fn update_password(
    visitor: PageRequest,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let fields = form.without_nul()?;
    let user = visitor.read(move |conn, _| users::find(conn, id)).await?;
    let typed = fields.text("password").unwrap_or_default();
    let password = match Password::parse(typed, &user.email, &user.name) {
        Ok(password) => password,
        Err(message) => {
            let errors = FieldErrors::one("password", message);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return edit_page(&visitor, status, id, None, errors).await;
        }
    };
    let hash = hash_limited(visitor.app(), password).await?;
    visitor
        .write(move |conn, principal| {
            // One's own session stays; everyone else has to sign in again.
            let own = principal.session_id.filter(|_| principal.user_id == id);
            accounts::set_password(conn, &principal.actor("ui"), id, &hash, own)
        })
        .await?;
    accounts::wait_for_writes(&visitor.app().db, id).await;
    let told = Message::new("user-password-saved").with("name", &user.name);
    Ok(visitor.redirect(USERS, Some(Flash::ok(told))))
}

/// `POST /admin/users/{id}/disable`.
pub async fn disable(
    visitor: PageRequest,
    path: web::Path<String>,
    _form: Form,
) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let user = visitor
        .write(move |conn, principal| accounts::disable(conn, &principal.actor("ui"), id))
        .await?;
    accounts::wait_for_writes(&visitor.app().db, id).await;
    let told = Message::new("user-disabled-told").with("name", &user.name);
    Ok(visitor.redirect(USERS, Some(Flash::ok(told))))
}

/// `POST /admin/users/{id}/enable`.
pub async fn enable(
    visitor: PageRequest,
    path: web::Path<String>,
    _form: Form,
) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let user = visitor
        .write(move |conn, principal| accounts::enable(conn, &principal.actor("ui"), id))
        .await?;
    let told = Message::new("user-enabled-told").with("name", &user.name);
    Ok(visitor.redirect(USERS, Some(Flash::ok(told))))
}
