use actix_session::SessionExt;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::access::password::{self, Password, Verdict, hash_limited, verify_limited};
use crate::access::{PageRequest, Principal, User, accounts, users};
use crate::audit::{self, NewEntry};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::parse_id;
use crate::sessions::pages::{LOGIN, PROFILE};
use crate::sessions::pending_session::{Account, PendingSession};
use crate::sessions::profile_form::ProfileForm;
use crate::sessions::throttle::Attempt;
use crate::sessions::views::ProfilePage;
use crate::sessions::{Session, store};
use crate::web::{Flash, Form, client_address, html};

/// `GET /admin/profile`.
pub async fn show(visitor: PageRequest) -> Result<HttpResponse> {
    page(&visitor, StatusCode::OK, None, FieldErrors::new()).await
}

/// `POST /admin/profile`: name, language, theme, shortcuts.
pub async fn update(visitor: PageRequest, form: Form) -> Result<HttpResponse> {
    let typed = ProfileForm::read(&form.without_nul()?);
    let sent = typed.clone();
    let written = visitor
        .write(move |conn, principal| {
            let user = users::lock_for_update(conn, principal.user_id)?;
            let chosen = sent.apply(&user).map_err(Error::Invalid)?;
            accounts::update_profile(conn, &principal.actor("ui"), &chosen)?;
            Ok(chosen)
        })
        .await;
    match written {
        Ok(chosen) => {
            let told = Flash::ok(Message::new("profile-saved"));
            let mut response = visitor.redirect(PROFILE, Some(told));
            response
                .add_cookie(&chosen.theme.cookie(visitor.app()))
                .map_err(Error::internal)?;
            Ok(response)
        }
        Err(Error::Invalid(errors)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&visitor, status, Some(typed), errors).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /admin/profile/password`: a new password, with the current one; other sessions end.
pub async fn update_password(visitor: PageRequest, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let text = |name| fields.text(name).unwrap_or_default();
    let key = PendingSession::new(&visitor)?;
    match change_password(&visitor, &key, text("current"), text("password")).await {
        Ok(signed_in) => {
            accounts::wait_for_writes(&visitor.app().db, signed_in.user.id).await;
            let told = Flash::ok(Message::new("profile-password-saved"));
            key.answer(&visitor, &signed_in, PROFILE, Some(told))
        }
        Err(Error::Invalid(errors)) => {
            page(&visitor, StatusCode::UNPROCESSABLE_ENTITY, None, errors).await
        }
        Err(other) => Err(other),
    }
}

/// A change of a password, after the current one was read.
struct PasswordChange {
    user: User,
    /// The hash of the current password.
    kept: String,
    attempt: Option<Attempt>,
}

async fn change_password(
    visitor: &PageRequest,
    key: &PendingSession,
    current: &str,
    new: &str,
) -> Result<Account> {
    let app = visitor.app();
    let asker = look_up(visitor, key).await?;
    let parsed = Password::parse(new, &asker.user.email, &asker.user.name);
    let (verdict, _) = verify_limited(app, current.to_owned(), Some(asker.kept.clone())).await?;
    let mut errors = FieldErrors::new();
    if verdict == Verdict::Wrong {
        errors.add("current", Message::new("profile-current-wrong"));
        if let Some(attempt) = asker.attempt.clone() {
            let now = app.clock.now();
            app.db
                .write(move |conn| attempt.failed(conn, now).map(drop))
                .await?;
        }
    }
    let password = parsed.map_err(|message| errors.add("password", message));
    let (Ok(password), true) = (password, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let (hash, key) = (hash_limited(app, password).await?, key.clone());
    visitor
        .write(move |conn, principal| asker.save(conn, principal, &hash, &key))
        .await
}

/// The user and the hash of their password, if their failures allow another attempt.
async fn look_up(visitor: &PageRequest, key: &PendingSession) -> Result<PasswordChange> {
    let app = visitor.app();
    let (signer, device) = (app.signer.clone(), key.device().clone());
    let address = client_address(visitor.http(), app);
    let is_limited = app.rate_limits;
    visitor
        .read(move |conn, principal| {
            let kept = users::password_hash(conn, principal.user_id)?;
            let mut attempt = None;
            if is_limited {
                let own = (principal.user_id, kept.as_str());
                let made = Attempt::new(&principal.email, &address);
                let made = made.with_origin(conn, own, &device, &signer)?;
                made.require_allowed(conn, principal.now)?;
                attempt = Some(made);
            }
            Ok(PasswordChange {
                user: users::find(conn, principal.user_id)?,
                kept,
                attempt,
            })
        })
        .await
}

impl PasswordChange {
    /// Saves the new password, if the current one is still the one that was checked. All sessions end, and a new one
    /// begins here.
    fn save(
        &self,
        conn: &mut Conn,
        principal: &Principal,
        hash: &str,
        key: &PendingSession,
    ) -> Result<Account> {
        users::lock(conn, principal.user_id)?;
        if users::password_hash(conn, principal.user_id)? != self.kept {
            return Err(Error::Conflict(Message::new("profile-password-raced")));
        }
        if let Some(attempt) = &self.attempt {
            attempt.succeeded(conn)?;
        }
        let user =
            accounts::set_password(conn, &principal.actor("ui"), principal.user_id, hash, None)?;
        key.insert(conn, principal.user_id, principal.now)?;
        let hash = hash.to_owned();
        Ok(Account { user, hash })
    }
}

/// `POST /admin/profile/sessions/{id}/end`: ends one of one's own sessions; ending this one signs out.
pub async fn end_session(
    visitor: PageRequest,
    path: web::Path<String>,
    _form: Form,
) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let (user_id, is_own) = visitor
        .write(move |conn, principal| {
            if !store::delete(conn, principal.user_id, id)? {
                return Err(Error::NotFound);
            }
            record_ended(conn, principal, 1)?;
            Ok((principal.user_id, principal.session_id == Some(id)))
        })
        .await?;
    accounts::wait_for_writes(&visitor.app().db, user_id).await;
    let told = Flash::ok(Message::new("profile-session-ended"));
    if is_own {
        visitor.http().get_session().purge();
        return Ok(visitor.redirect(LOGIN, Some(told)));
    }
    Ok(visitor.redirect(PROFILE, Some(told)))
}

/// `POST /admin/profile/sessions/end_others`: ends all of one's own sessions but this one.
pub async fn end_other_sessions(visitor: PageRequest, _form: Form) -> Result<HttpResponse> {
    let (user_id, ended) = visitor
        .write(|conn, principal| {
            let ended = users::end_sessions(conn, principal.user_id, principal.session_id)?;
            if ended > 0 {
                record_ended(conn, principal, ended)?;
            }
            Ok((principal.user_id, ended))
        })
        .await?;
    accounts::wait_for_writes(&visitor.app().db, user_id).await;
    let told = Message::new("profile-sessions-ended").with("count", ended);
    Ok(visitor.redirect(PROFILE, Some(Flash::ok(told))))
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
    audit::record(conn, &principal.actor("ui"), &entry)
}

/// The page, with what was typed if there is something to correct.
async fn page(
    visitor: &PageRequest,
    status: StatusCode,
    typed: Option<ProfileForm>,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let (user, own, sessions): (User, Option<i64>, Vec<Session>) = visitor
        .read(|conn, principal| {
            let user = users::find(conn, principal.user_id)?;
            let sessions = store::of_user(conn, principal.user_id, principal.now)?;
            Ok((user, principal.session_id, sessions))
        })
        .await?;
    let view = ProfilePage {
        page: visitor.page(),
        errors,
        typed: typed.unwrap_or_else(|| ProfileForm::from(&user)),
        email: user.email,
        sessions,
        own,
        min: password::MIN_CHARS,
    };
    html(status, &view)
}
