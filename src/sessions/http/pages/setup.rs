use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::hash_limited;
use crate::access::password;
use crate::access::password::Password;
use crate::access::{PageRequest, Role, UserFields, UserForm};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, FromFields};
use crate::sessions::actions::setup::{SetupState, make_first_admin, setup_state};
use crate::sessions::domain::next_path::HOME;
use crate::sessions::http::paths::LOGIN;
use crate::sessions::http::pending_session::{Account, PendingSession, actor};
use crate::sessions::http::views::{ClosedPage, SetupPage};
use crate::web::{Flash, Form, Query, html};

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
        state => closed(&request, state),
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
        let fields = fields.without_nul()?;
        let text = |name| fields.text(name).unwrap_or_default().to_owned();
        Ok(SetupForm {
            code: text("code"),
            user: UserForm {
                role: Role::Admin.as_str().to_owned(),
                ..UserForm::read(&fields)
            },
            password: text("password"),
        })
    }
}

/// `POST /admin/setup`: makes the first administrator and signs in.
pub async fn create(request: PageRequest, Form(typed): Form<SetupForm>) -> Result<HttpResponse> {
    let state = read_state(&request, &typed.code).await?;
    if state != SetupState::Open {
        return closed(&request, state);
    }
    let (person, password) = match typed.parse() {
        Ok(parsed) => parsed,
        Err(errors) => {
            return form_page(&request, StatusCode::UNPROCESSABLE_ENTITY, typed, errors);
        }
    };
    let session = PendingSession::new(&request)?;
    match create_admin(&request, &session, typed.code, person, password).await? {
        Ok(account) => {
            let message = Message::new("setup-done").with("name", &account.user.name);
            session.answer(&request, &account, HOME, Some(Flash::ok(message)))
        }
        Err(state) => closed(&request, state),
    }
}

/// Makes the first administrator and begins the session of `key`, in one transaction.
async fn create_admin(
    request: &PageRequest,
    session: &PendingSession,
    code: String,
    person: UserFields,
    password: Password,
) -> Result<Result<Account, SetupState>> {
    let (app, session) = (request.app(), session.clone());
    let hash = hash_limited(app, password).await?;
    let mut author = actor(request, None, app.clock.now());
    author.channel = "setup";
    let made = app.db.write(move |conn| {
        let made = make_first_admin(conn, &author, &code, &person, &hash)?;
        if let Ok(user) = &made {
            session.insert(conn, user.id, author.now)?;
        }
        let hash = hash.clone();
        Ok(made.map(|user| Account { user, hash }))
    });
    made.await
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
            (Ok(person), Ok(password)) => Ok((person, password)),
            (person, password) => {
                let mut errors = person.err().unwrap_or_default();
                if let Err(message) = password {
                    errors.add("password", message);
                }
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
    html(status, &view)
}

fn closed(request: &PageRequest, state: SetupState) -> Result<HttpResponse> {
    let view = ClosedPage {
        page: request.page(),
        is_done: state == SetupState::Done,
        login: LOGIN,
    };
    html(Error::NotFound.status(), &view)
}
