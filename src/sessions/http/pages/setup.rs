//! The handlers of creating the first administrator.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::hash_limited;
use crate::access::password;
use crate::access::password::Password;
use crate::access::{PageRequest, Role, UserFields, UserForm, home_of};
use crate::channel::Channel;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, FromFields};
use crate::sessions::actions::setup::{SetupState, make_first_admin, setup_state};
use crate::sessions::http::paths::LOGIN;
use crate::sessions::http::pending_session::{Account, PendingSession, actor};
use crate::sessions::http::views::{ClosedPage, SetupPage};
use crate::web::{Flash, Form, Query, html, secret_html};

/// `GET /admin/setup?code=…`: the form of the first administrator.
pub async fn show(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let code = query.text("code").unwrap_or_default().to_owned();
    match read_state(&request, &code).await? {
        SetupState::Open => {
            let typed = SetupForm {
                code,
                ..SetupForm::default()
            };
            form_page(&request, StatusCode::OK, typed, FieldErrors::new())
        }
        state => refusal_page(&request, state),
    }
}

/// The form as it was typed.
#[derive(Default)]
pub struct SetupForm {
    code: String,
    user: UserForm,
    password: String,
}

impl FromFields for SetupForm {
    fn from_fields(fields: Fields) -> Result<SetupForm> {
        let (code, password) = (fields.string("code"), fields.string("password"));
        let user = UserForm {
            role: Role::Admin.as_str().to_owned(),
            ..UserForm::from_fields(fields)?
        };
        Ok(SetupForm {
            code,
            user,
            password,
        })
    }
}

/// `POST /admin/setup`: makes the first administrator and signs in.
pub async fn create(request: PageRequest, Form(typed): Form<SetupForm>) -> Result<HttpResponse> {
    let state = read_state(&request, &typed.code).await?;
    if state != SetupState::Open {
        return refusal_page(&request, state);
    }
    match typed.parse() {
        Ok((fields, password)) => create_admin(&request, typed.code, fields, password).await,
        Err(errors) => form_page(&request, StatusCode::UNPROCESSABLE_ENTITY, typed, errors),
    }
}

/// Makes the first administrator and begins their session, in one transaction.
async fn create_admin(
    request: &PageRequest,
    code: String,
    fields: UserFields,
    password: Password,
) -> Result<HttpResponse> {
    let hash = hash_limited(request.app(), password).await?;
    let session = PendingSession::new(request)?;
    let (pending, actor) = (session.clone(), actor(request, Channel::Setup));
    let (translate, lang) = (request.app().translate_first_statuses, request.page().lang);
    let write = request.app().db.write(move |conn| {
        let created = make_first_admin(conn, &actor, &code, &fields, &hash)?;
        if let Ok(user) = &created {
            pending.insert(conn, user.id, actor.now)?;
            translate(conn, actor.now, lang)?;
        }
        let hash = hash.clone();
        Ok(created.map(|user| Account { user, hash }))
    });
    match write.await? {
        Ok(account) => {
            let message = Message::new("setup-done").with("name", &account.user.name);
            session.answer(
                request,
                &account,
                home_of(account.user.role),
                Some(Flash::ok(message)),
            )
        }
        Err(state) => refusal_page(request, state),
    }
}

async fn read_state(request: &PageRequest, code: &str) -> Result<SetupState> {
    let (code, now) = (code.to_owned(), request.app().clock.now());
    request
        .app()
        .db
        .read(move |conn| setup_state(conn, &code, now))
        .await
}

impl SetupForm {
    fn parse(&self) -> Result<(UserFields, Password), FieldErrors> {
        let password = Password::parse(&self.password, &self.user.email, &self.user.name);
        match (self.user.parse(), password) {
            (Ok(fields), Ok(password)) => Ok((fields, password)),
            (fields, password) => {
                let mut errors = fields.err().unwrap_or_default();
                errors.check("password", password);
                Err(errors)
            }
        }
    }
}

fn form_page(
    request: &PageRequest,
    status: StatusCode,
    typed: SetupForm,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let view = SetupPage {
        page: request.page(),
        code: typed.code,
        typed: typed.user,
        errors,
        min: password::MIN_CHARS,
    };
    secret_html(status, &view)
}

fn refusal_page(request: &PageRequest, state: SetupState) -> Result<HttpResponse> {
    let view = ClosedPage {
        page: request.page(),
        is_done: state == SetupState::Done,
        login: LOGIN,
    };
    html(Error::NotFound.status(), &view)
}
