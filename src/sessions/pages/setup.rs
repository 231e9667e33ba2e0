use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::LOGIN;
use crate::access::password::{self, Password, hash_in_turn};
use crate::access::{Role, UserFields, UserForm, Visitor};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::sessions::begin::{NewKey, SignedIn, actor};
use crate::sessions::next::HOME;
use crate::sessions::setup::{Door, door, make_first_admin};
use crate::sessions::views::{ClosedPage, SetupPage};
use crate::web::fields::Fields;
use crate::web::{Flash, Form, html};

/// `GET /admin/setup?code=…`: the form of the first administrator.
pub async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.request().query_string().as_bytes())?;
    let code = query.text("code").unwrap_or_default().to_owned();
    match look(&visitor, &code).await? {
        Door::Open => form_page(
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
pub async fn create(visitor: Visitor, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let code = fields.text("code").unwrap_or_default().to_owned();
    let typed = UserForm {
        role: Role::Admin.as_str().to_owned(),
        ..UserForm::read(&fields)
    };
    let shut = look(&visitor, &code).await?;
    if shut != Door::Open {
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
    let key = NewKey::new(&visitor)?;
    match make(&visitor, &key, code, person, password).await? {
        Ok(signed_in) => {
            let told = Message::new("setup-done").with("name", &signed_in.user.name);
            key.answer(&visitor, &signed_in, HOME, Some(Flash::ok(told)))
        }
        Err(shut) => closed(&visitor, shut),
    }
}

/// Makes the first administrator and begins the session of `key`, in one transaction.
async fn make(
    visitor: &Visitor,
    key: &NewKey,
    code: String,
    person: UserFields,
    password: Password,
) -> Result<Result<SignedIn, Door>> {
    let (app, key) = (visitor.app(), key.clone());
    let hash = hash_in_turn(app, password).await?;
    let mut author = actor(visitor, None, app.clock.now());
    author.door = "setup";
    let made = app.db.write(move |conn| {
        let made = make_first_admin(conn, &author, &code, &person, &hash)?;
        if let Ok(user) = &made {
            key.begin(conn, user.id, author.now)?;
        }
        let hash = hash.clone();
        Ok(made.map(|user| SignedIn { user, hash }))
    });
    made.await
}

async fn look(visitor: &Visitor, code: &str) -> Result<Door> {
    let (code, now) = (code.to_owned(), visitor.app().clock.now());
    visitor
        .app()
        .db
        .read(move |conn| door(conn, &code, now))
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
    visitor: &Visitor,
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

fn closed(visitor: &Visitor, shut: Door) -> Result<HttpResponse> {
    let view = ClosedPage {
        page: visitor.page(),
        is_done: shut == Door::Done,
        login: LOGIN,
    };
    html(Error::NotFound.status(), &view)
}
