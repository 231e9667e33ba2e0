use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::password::{self, Password, hash_limited};
use crate::access::{PageRequest, Role, UserFields, UserForm};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::sessions::next_path::HOME;
use crate::sessions::pages::LOGIN;
use crate::sessions::pending_session::{Account, PendingSession, actor};
use crate::sessions::setup::{SetupState, make_first_admin, setup_state};
use crate::sessions::views::{ClosedPage, SetupPage};
use crate::web::{Flash, Form, html};

/// `GET /admin/setup?code=…`: the form of the first administrator.
pub async fn show(visitor: PageRequest) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.http().query_string().as_bytes())?;
    let code = query.text("code").unwrap_or_default().to_owned();
    match read_state(&visitor, &code).await? {
        SetupState::Open => form_page(
            &visitor,
            StatusCode::OK,
            code,
            UserForm::default(),
            FieldErrors::new(),
        ),
        shut => closed(&visitor, shut),
    }
}

/// `POST /admin/setup`: makes the first administrator and signs in.
pub async fn create(visitor: PageRequest, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let code = fields.text("code").unwrap_or_default().to_owned();
    let typed = UserForm {
        role: Role::Admin.as_str().to_owned(),
        ..UserForm::read(&fields)
    };
    let shut = read_state(&visitor, &code).await?;
    if shut != SetupState::Open {
        return closed(&visitor, shut);
    }
    let (person, password) = match parse(&typed, fields.text("password").unwrap_or_default()) {
        Ok(parsed) => parsed,
        Err(errors) => {
            return form_page(
                &visitor,
                StatusCode::UNPROCESSABLE_ENTITY,
                code,
                typed,
                errors,
            );
        }
    };
    let key = PendingSession::new(&visitor)?;
    match create_admin(&visitor, &key, code, person, password).await? {
        Ok(signed_in) => {
            let told = Message::new("setup-done").with("name", &signed_in.user.name);
            key.answer(&visitor, &signed_in, HOME, Some(Flash::ok(told)))
        }
        Err(shut) => closed(&visitor, shut),
    }
}

/// Makes the first administrator and begins the session of `key`, in one transaction.
async fn create_admin(
    visitor: &PageRequest,
    key: &PendingSession,
    code: String,
    person: UserFields,
    password: Password,
) -> Result<Result<Account, SetupState>> {
    let (app, key) = (visitor.app(), key.clone());
    let hash = hash_limited(app, password).await?;
    let mut author = actor(visitor, None, app.clock.now());
    author.channel = "setup";
    let made = app.db.write(move |conn| {
        let made = make_first_admin(conn, &author, &code, &person, &hash)?;
        if let Ok(user) = &made {
            key.insert(conn, user.id, author.now)?;
        }
        let hash = hash.clone();
        Ok(made.map(|user| Account { user, hash }))
    });
    made.await
}

async fn read_state(visitor: &PageRequest, code: &str) -> Result<SetupState> {
    let (code, now) = (code.to_owned(), visitor.app().clock.now());
    visitor
        .app()
        .db
        .read(move |conn| setup_state(conn, &code, now))
        .await
}

fn parse(typed: &UserForm, password: &str) -> Result<(UserFields, Password), FieldErrors> {
    let password = Password::parse(password, &typed.email, &typed.name);
    match (typed.parse(), password) {
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

fn form_page(
    visitor: &PageRequest,
    status: StatusCode,
    code: String,
    typed: UserForm,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let view = SetupPage {
        page: visitor.page(),
        code,
        typed,
        errors,
        min: password::MIN_CHARS,
    };
    html(status, &view)
}

fn closed(visitor: &PageRequest, shut: SetupState) -> Result<HttpResponse> {
    let view = ClosedPage {
        page: visitor.page(),
        is_done: shut == SetupState::Done,
        login: LOGIN,
    };
    html(Error::NotFound.status(), &view)
}
