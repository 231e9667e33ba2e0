//! The pages under `/admin/users`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::actions::accounts;
use crate::access::domain::password;
use crate::access::domain::password::Password;
use crate::access::domain::role::Role;
use crate::access::domain::user::{User, UserForm};
use crate::access::domain::user_filter::UserFilter;
use crate::access::http::hashing::{TypedPassword, hash_limited};
use crate::access::http::page_request::PageRequest;
use crate::access::http::paths::USERS;
use crate::access::http::views::{EditPage, ListPage, NewPage};
use crate::access::store::users;
use crate::channel::Channel;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::records::paging::NumberedList;
use crate::web::{Form, Id, Query, html};

/// `GET /admin/users`.
pub async fn list(
    request: PageRequest,
    Query(listing): Query<NumberedList<UserFilter>>,
) -> Result<HttpResponse> {
    let read = request.read(move |conn, _| {
        let paging = listing.paging(users::count(conn, &listing.filter)?, USERS);
        let users = users::list(conn, &listing.filter, paging.offset(), paging.per_page)?;
        Ok((listing, users, paging))
    });
    let (listing, users, paging) = read.await?;
    let view = ListPage {
        page: request.page(),
        users,
        paging,
        listing,
    };
    html(StatusCode::OK, &view)
}

/// `GET /admin/users/new`.
pub async fn new(request: PageRequest) -> Result<HttpResponse> {
    request.authorize().await?;
    let typed = UserForm {
        role: Role::Rep.as_str().to_owned(),
        ..UserForm::default()
    };
    new_page(&request, StatusCode::OK, typed, FieldErrors::new())
}

fn new_page(
    request: &PageRequest,
    status: StatusCode,
    typed: UserForm,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let view = NewPage {
        page: request.page(),
        errors,
        typed,
        min: password::MIN_CHARS,
    };
    html(status, &view)
}

/// `POST /admin/users`: adds a user.
pub async fn create(
    request: PageRequest,
    Form((typed, password)): Form<(UserForm, TypedPassword)>,
) -> Result<HttpResponse> {
    match add(&request, &typed, &password).await {
        Ok(user) => {
            let message = Message::new("user-added").with("name", &user.name);
            request.redirect_ok(USERS, message)
        }
        Err(Error::Invalid(errors) | Error::Taken(errors)) => {
            new_page(&request, StatusCode::UNPROCESSABLE_ENTITY, typed, errors)
        }
        Err(other) => Err(other),
    }
}

async fn add(request: &PageRequest, typed: &UserForm, password: &TypedPassword) -> Result<User> {
    // Authorized before anything costly happens.
    let email = typed.email.clone();
    let holder = request
        .read(move |conn, _| users::find_by_email(conn, &email))
        .await?;
    let mut errors = FieldErrors::new();
    let fields = typed.parse().map_err(|invalid| errors = invalid);
    if holder.is_some() && errors.at("email").is_none() {
        errors.add("email", Message::new("user-email-taken"));
    }
    let password = Password::parse(&password.0, &typed.email, &typed.name);
    let password = errors.check("password", password);
    let (Ok(fields), Some(password), true) = (fields, password, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let hash = hash_limited(request.app(), password).await?;
    request
        .write(move |conn, principal| {
            accounts::create(conn, &principal.actor(Channel::Ui), &fields, &hash)
        })
        .await
}

/// `GET /admin/users/{id}/edit`.
pub async fn edit(request: PageRequest, Id(id): Id) -> Result<HttpResponse> {
    edit_page(&request, StatusCode::OK, id, None, FieldErrors::new()).await
}

async fn edit_page(
    request: &PageRequest,
    status: StatusCode,
    id: i64,
    typed: Option<UserForm>,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let user = request.read(move |conn, _| users::find(conn, id)).await?;
    let view = EditPage {
        page: request.page(),
        errors,
        typed: typed.unwrap_or_else(|| UserForm::from(&user)),
        user,
        min: password::MIN_CHARS,
    };
    html(status, &view)
}

/// `POST /admin/users/{id}`: name, address and role.
pub async fn update(
    request: PageRequest,
    Id(id): Id,
    Form(typed): Form<UserForm>,
) -> Result<HttpResponse> {
    let (status, errors) = match save(&request, id, &typed).await {
        Ok(user) => {
            accounts::wait_for_writes(&request.app().db, id).await;
            let message = Message::new("user-saved").with("name", &user.name);
            return request.redirect_ok(USERS, message);
        }
        Err(Error::Invalid(errors) | Error::Taken(errors)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, errors)
        }
        Err(Error::Conflict(message)) => (StatusCode::CONFLICT, FieldErrors::one("role", message)),
        Err(other) => return Err(other),
    };
    edit_page(&request, status, id, Some(typed), errors).await
}

async fn save(request: &PageRequest, id: i64, typed: &UserForm) -> Result<User> {
    let fields = typed.parse().map_err(Error::Invalid)?;
    request
        .write(move |conn, principal| {
            accounts::update(conn, &principal.actor(Channel::Ui), id, &fields)
        })
        .await
}

/// `POST /admin/users/{id}/password`: a new password; the user's sessions end.
pub async fn update_password(
    request: PageRequest,
    Id(id): Id,
    Form(typed): Form<TypedPassword>,
) -> Result<HttpResponse> {
    let user = request.read(move |conn, _| users::find(conn, id)).await?;
    let password = match Password::parse(&typed.0, &user.email, &user.name) {
        Ok(password) => password,
        Err(message) => {
            let errors = FieldErrors::one("password", message);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return edit_page(&request, status, id, None, errors).await;
        }
    };
    set_password(&request, id, password).await?;
    accounts::wait_for_writes(&request.app().db, id).await;
    let message = Message::new("user-password-saved").with("name", &user.name);
    request.redirect_ok(USERS, message)
}

async fn set_password(request: &PageRequest, id: i64, password: Password) -> Result<()> {
    let hash = hash_limited(request.app(), password).await?;
    let write = request.write(move |conn, principal| {
        // The administrator's own session goes on; all others end.
        let own = principal.session_id.filter(|_| principal.user_id == id);
        accounts::set_password(conn, &principal.actor(Channel::Ui), id, &hash, own)
    });
    write.await.map(drop)
}

/// `POST /admin/users/{id}/disable`.
pub async fn disable(request: PageRequest, Id(id): Id, _: Form<Fields>) -> Result<HttpResponse> {
    let user = request
        .write(move |conn, principal| accounts::disable(conn, &principal.actor(Channel::Ui), id))
        .await?;
    accounts::wait_for_writes(&request.app().db, id).await;
    let message = Message::new("user-disabled-told").with("name", &user.name);
    request.redirect_ok(USERS, message)
}

/// `POST /admin/users/{id}/enable`.
pub async fn enable(request: PageRequest, Id(id): Id, _: Form<Fields>) -> Result<HttpResponse> {
    let user = request
        .write(move |conn, principal| accounts::enable(conn, &principal.actor(Channel::Ui), id))
        .await?;
    let message = Message::new("user-enabled-told").with("name", &user.name);
    request.redirect_ok(USERS, message)
}
