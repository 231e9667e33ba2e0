//! The handlers of one's own profile.

use actix_session::SessionExt;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

use crate::access::accounts;
use crate::access::password;
use crate::access::password::{Password, Verdict};
use crate::access::{PageRequest, Principal, ProfileForm, User, users};
use crate::access::{hash_limited, verify_limited};
use crate::audit::{self, NewEntry};
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, FromFields};
use crate::sessions::actions::throttle::Attempt;
use crate::sessions::domain::next_path::local_path;
use crate::sessions::domain::session::Session;
use crate::sessions::http::paths::{LOGIN, PROFILE};
use crate::sessions::http::pending_session::{Account, PendingSession};
use crate::sessions::http::views::ProfilePage;
use crate::sessions::store;
use crate::web::{Flash, Form, Id, client_address, html};

/// `GET /admin/profile`.
pub async fn show(request: PageRequest) -> Result<HttpResponse> {
    page(&request, StatusCode::OK, None, FieldErrors::new()).await
}

/// `POST /admin/profile`: name, language, theme, shortcuts.
pub async fn update(request: PageRequest, Form(typed): Form<ProfileForm>) -> Result<HttpResponse> {
    match save(&request, &typed).await {
        Ok(user) => {
            let mut response = request.redirect_ok(PROFILE, Message::new("profile-saved"))?;
            let cookie = user.theme.cookie(request.app());
            response.add_cookie(&cookie).map_err(Error::internal)?;
            Ok(response)
        }
        Err(Error::Invalid(errors)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&request, status, Some(typed), errors).await
        }
        Err(other) => Err(other),
    }
}

async fn save(request: &PageRequest, typed: &ProfileForm) -> Result<User> {
    let fields = typed.parse().map_err(Error::Invalid)?;
    let write = request.write(move |conn, principal| {
        accounts::update_profile(
            conn,
            &principal.actor(Channel::Ui),
            principal.user_id,
            &fields,
        )
    });
    write.await
}

/// `POST /admin/profile/time_zone`: the time zone that the page offered, or the one that it showed.
pub async fn choose_time_zone(request: PageRequest, Form(sent): Form) -> Result<HttpResponse> {
    let back = local_path(sent.text("back").unwrap_or(PROFILE));
    let user = save_time_zone(&request, sent.string("time_zone")).await?;
    let zone = user.time_zone.unwrap_or(request.app().time_zone);
    let message = Message::new("profile-zone-saved").with("zone", zone.name());
    request.redirect_ok(&back, message)
}

async fn save_time_zone(request: &PageRequest, time_zone: String) -> Result<User> {
    let write = request.write(move |conn, principal| {
        let user = users::find(conn, principal.user_id)?;
        let form = ProfileForm {
            time_zone: time_zone.clone(),
            ..ProfileForm::from(&user)
        };
        let fields = form.parse().map_err(Error::Invalid)?;
        let actor = principal.actor(Channel::Ui);
        accounts::update_profile(conn, &actor, user.id, &fields)
    });
    write.await
}

/// The form of a new password as it was typed.
pub struct PasswordForm {
    current: String,
    password: String,
}

impl FromFields for PasswordForm {
    fn from_fields(fields: Fields) -> Result<PasswordForm> {
        let fields = fields.without_nul()?;
        Ok(PasswordForm {
            current: fields.string("current"),
            password: fields.string("password"),
        })
    }
}

/// `POST /admin/profile/password`: a new password, with the current one; other sessions end.
pub async fn update_password(
    request: PageRequest,
    Form(typed): Form<PasswordForm>,
) -> Result<HttpResponse> {
    let session = PendingSession::new(&request)?;
    match change_password(&request, &session, &typed).await {
        Ok(account) => {
            accounts::wait_for_writes(&request.app().db, account.user.id).await;
            let flash = Flash::ok(Message::new("profile-password-saved"));
            session.answer(&request, &account, PROFILE, Some(flash))
        }
        Err(Error::Invalid(errors)) => {
            page(&request, StatusCode::UNPROCESSABLE_ENTITY, None, errors).await
        }
        Err(other) => Err(other),
    }
}

/// A change of a password, for which the current hash was read.
struct PasswordChange {
    user: User,
    /// The hash of the current password.
    stored_hash: String,
    attempt: Option<Attempt>,
}

async fn change_password(
    request: &PageRequest,
    session: &PendingSession,
    typed: &PasswordForm,
) -> Result<Account> {
    let app = request.app();
    let change = look_up(request, session).await?;
    let parsed = Password::parse(&typed.password, &change.user.email, &change.user.name);
    let (verdict, _) =
        verify_limited(app, typed.current.clone(), Some(change.stored_hash.clone())).await?;
    let mut errors = FieldErrors::new();
    if verdict == Verdict::Wrong {
        errors.add("current", Message::new("profile-current-wrong"));
        if let Some(attempt) = change.attempt.clone() {
            let now = app.clock.now();
            app.db
                .write(move |conn| attempt.record_failure(conn, now).map(drop))
                .await?;
        }
    }
    let (Some(password), true) = (errors.check("password", parsed), errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let (hash, session) = (hash_limited(app, password).await?, session.clone());
    request
        .write(move |conn, principal| change.save(conn, principal, &hash, &session))
        .await
}

/// Reads the user and the hash of their password, if their failures allow another attempt.
async fn look_up(request: &PageRequest, session: &PendingSession) -> Result<PasswordChange> {
    let app = request.app();
    let (signer, device) = (app.signer.clone(), session.device().clone());
    let address = client_address(request.http(), app);
    let is_limited = app.has_rate_limits;
    request
        .read(move |conn, principal| {
            let stored_hash = users::password_hash(conn, principal.user_id)?;
            let mut attempt = None;
            if is_limited {
                let own = (principal.user_id, stored_hash.as_str());
                let new = Attempt::new(&principal.email, &address);
                let new = new.with_origin(conn, own, &device, &signer)?;
                new.require_allowed(conn, principal.now)?;
                attempt = Some(new);
            }
            Ok(PasswordChange {
                user: users::find(conn, principal.user_id)?,
                stored_hash,
                attempt,
            })
        })
        .await
}

impl PasswordChange {
    /// Saves the new password, unless the checked one was changed meanwhile. All sessions of the user end, and a new one
    /// begins in this browser.
    fn save(
        &self,
        conn: &mut Conn,
        principal: &Principal,
        hash: &str,
        session: &PendingSession,
    ) -> Result<Account> {
        users::lock_for_update(conn, principal.user_id)?;
        if users::password_hash(conn, principal.user_id)? != self.stored_hash {
            return Err(Error::Conflict(Message::new("profile-password-raced")));
        }
        if let Some(attempt) = &self.attempt {
            attempt.clear_failures(conn)?;
        }
        let user = accounts::set_password(
            conn,
            &principal.actor(Channel::Ui),
            principal.user_id,
            hash,
            None,
        )?;
        session.insert(conn, principal.user_id, principal.now)?;
        let hash = hash.to_owned();
        Ok(Account { user, hash })
    }
}

/// `POST /admin/profile/sessions/{id}/end`: ends one of one's own sessions; ending this one signs out.
pub async fn end_session(
    request: PageRequest,
    Id(id): Id,
    _: Form<Fields>,
) -> Result<HttpResponse> {
    let write = request.write(move |conn, principal| {
        if !store::delete(conn, principal.user_id, id)? {
            return Err(Error::NotFound);
        }
        record_ended(conn, principal, 1)?;
        Ok((principal.user_id, principal.session_id == Some(id)))
    });
    let (user_id, is_own) = write.await?;
    accounts::wait_for_writes(&request.app().db, user_id).await;
    if is_own {
        request.http().get_session().purge();
    }
    let path = if is_own { LOGIN } else { PROFILE };
    request.redirect_ok(path, Message::new("profile-session-ended"))
}

/// `POST /admin/profile/sessions/end_others`: ends all of one's own sessions but this one.
pub async fn end_other_sessions(request: PageRequest, _: Form<Fields>) -> Result<HttpResponse> {
    let write = request.write(|conn, principal| {
        let ended = users::end_sessions(conn, principal.user_id, principal.session_id)?;
        if ended > 0 {
            record_ended(conn, principal, ended)?;
        }
        Ok((principal.user_id, ended))
    });
    let (user_id, ended) = write.await?;
    accounts::wait_for_writes(&request.app().db, user_id).await;
    let message = Message::new("profile-sessions-ended").with("count", ended);
    request.redirect_ok(PROFILE, message)
}

fn record_ended(conn: &mut Conn, principal: &Principal, count: usize) -> Result<()> {
    let entry = NewEntry {
        subject: "user",
        subject_id: Some(principal.user_id),
        name: principal.name.clone(),
        action: "end-session",
        before: Some(json!({"sessions": count})),
        ..NewEntry::default()
    };
    audit::record(conn, &principal.actor(Channel::Ui), &entry)
}

/// The page, with the typed values if they are invalid.
async fn page(
    request: &PageRequest,
    status: StatusCode,
    typed: Option<ProfileForm>,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let (user, own, sessions): (User, Option<i64>, Vec<Session>) = request
        .read(|conn, principal| {
            let user = users::find(conn, principal.user_id)?;
            let sessions = store::of_user(conn, principal.user_id, principal.now)?;
            Ok((user, principal.session_id, sessions))
        })
        .await?;
    let view = ProfilePage {
        page: request.page(),
        errors,
        typed: typed.unwrap_or_else(|| ProfileForm::from(&user)),
        email: user.email,
        sessions,
        own,
        min: password::MIN_CHARS,
    };
    html(status, &view)
}
