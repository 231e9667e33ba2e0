//! The error type of the whole program, with the status and the sentence of each case.
//!
//! Return the variant that says what happened. The path of the request decides the format of the answer (`/admin` HTML,
//! `/api` JSON; see `web::error_response`). The cause of [`Error::Internal`],
//! [`Error::Busy`] and [`Error::OutcomeUnknown`] goes to the log with the request id and never to the client.

mod unmet;

use std::borrow::Cow;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;

use crate::i18n::Message;

pub use unmet::{RequirementKind, RuleLevel, Unmet, unmet_message};

/// What every fallible function of the program returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug)]
pub enum Error {
    /// There is no such thing, or this person may not know of it: 404.
    NotFound,
    /// The person is known and may see this, but not do it: 403.
    Forbidden,
    /// The token does not have the scope that the call needs: 403.
    Scope(&'static str),
    /// The session is missing or has ended: 303 to the login for pages.
    SignedOut,
    /// The token is missing, wrong, expired, revoked, or its owner is disabled: 401.
    BadToken,
    /// The form's CSRF token or the request's origin is wrong: 403.
    Csrf,
    /// Fields that can't be accepted: 422.
    Invalid(FieldErrors),
    /// A value that must be unique is taken: 409 for the API; a page shows it at its field with 422.
    Taken(FieldErrors),
    /// The request contradicts what is there, said in one sentence: 409.
    Conflict(Message),
    /// A lead doesn't meet the rules of a status: 422 with all that is missing.
    Unmet(Vec<Unmet>),
    /// Roles or leads block the change: 409 with the blockers.
    Blocked(Vec<Blocker>),
    /// The form was sent before, and done: what was answered then is answered again.
    Repeated,
    /// The order was made from an older one: 409 with the current order.
    StaleOrder(Vec<i64>),
    /// The version that the request was made from is not the current one: 409.
    StaleVersion { current: i32 },
    /// The version in `If-Match` is not the current one: 412.
    Precondition,
    /// The body can't be read: 400.
    Unreadable(Message),
    /// The method is not one of these, separated by spaces: 405.
    Method(&'static str),
    /// The body did not arrive in time: 408.
    TooSlow,
    /// The body is larger than its limit: 413.
    TooLarge,
    /// The body is of a type that isn't understood here: 415.
    MediaType,
    /// The Host header names another site: 421.
    Misdirected,
    /// Too many attempts: 429, with the seconds to wait.
    TooMany(u64),
    /// Too many requests need one limited thing at once: 429, with the seconds after which to try again.
    Crowded(u64),
    /// The database is locked, full or away; trying again later may work: 503.
    Busy(String),
    /// A write had begun, and no answer came in time or the connection was lost: 504.
    OutcomeUnknown(String),
    /// The database file is damaged, which only a backup mends: 503. The database logs it once.
    Corrupt(String),
    /// A defect or a broken environment: 500. The text is for the log.
    Internal(String),
}

/// What blocks archiving or deleting a status.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Blocker {
    /// `role`, `leads`, or `leads_in_bin` for those that would come back.
    pub kind: &'static str,
    /// The id of the status that is held back.
    pub status: i64,
    /// `default` or `converted`, for a role.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    pub role: Option<&'static str>,
    /// How many leads are in it, for leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = i64, required = false)]
    pub count: Option<i64>,
    /// Where to see what blocks: a local path.
    pub link: String,
}

/// Messages by field, in the order in which the form shows its fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldErrors(Vec<(Cow<'static, str>, Message)>);

impl FieldErrors {
    /// No errors yet.
    pub fn new() -> FieldErrors {
        FieldErrors::default()
    }

    /// One error at one field.
    pub fn one(field: &'static str, message: Message) -> FieldErrors {
        FieldErrors(vec![(field.into(), message)])
    }

    /// Adds a message at a field.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, message: Message) {
        self.0.push((field.into(), message));
    }

    /// Adds the messages of `others`.
    pub fn extend(&mut self, others: FieldErrors) {
        self.0.extend(others.0);
    }

    /// Moves the messages at `field` to `name`, under which it was sent.
    pub fn rename(&mut self, field: &str, name: &'static str) {
        for (key, _) in self.0.iter_mut().filter(|(key, _)| key == field) {
            *key = name.into();
        }
    }

    /// True if every field is fine.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field and message, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Message)> {
        self.0
            .iter()
            .map(|(field, message)| (field.as_ref(), message))
    }

    /// The first message at `field`.
    pub fn at(&self, field: &str) -> Option<&Message> {
        self.iter()
            .find(|(name, _)| *name == field)
            .map(|(_, message)| message)
    }

    /// True if the message with this key is at `field`.
    pub fn is_at(&self, field: &str, key: &str) -> bool {
        self.at(field).is_some_and(|message| message.key == key)
    }

    /// The value of a field; nothing if it is invalid, which is added at the field.
    pub fn check<T>(&mut self, field: &'static str, value: Result<T, Message>) -> Option<T> {
        value.map_err(|message| self.add(field, message)).ok()
    }

    /// `value` if there are no errors, else all of them.
    pub fn value_or_errors<T>(self, value: T) -> Result<T, FieldErrors> {
        match self.is_empty() {
            true => Ok(value),
            false => Err(self),
        }
    }

    /// `value` if there are no errors, else [`Error::Invalid`].
    pub fn value_or_invalid<T>(self, value: T) -> Result<T> {
        self.value_or_errors(value).map_err(Error::Invalid)
    }
}

impl Error {
    /// A field that can't be accepted.
    pub fn invalid(field: &'static str, message: Message) -> Error {
        Error::Invalid(FieldErrors::one(field, message))
    }

    /// An internal error with its cause, for the log.
    pub fn internal(cause: impl fmt::Display) -> Error {
        Error::Internal(cause.to_string())
    }

    /// True if trying again is of no use before a backup is restored.
    pub fn is_corrupt(&self) -> bool {
        matches!(self, Error::Corrupt(_))
    }

    /// True if the database could not do it, whatever was asked.
    pub fn is_of_database(&self) -> bool {
        matches!(
            self,
            Error::Busy(_) | Error::OutcomeUnknown(_) | Error::Corrupt(_)
        )
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status_and_key().0
    }

    /// The status of the answer, and the catalogue key of the sentence to show.
    fn status_and_key(&self) -> (StatusCode, &'static str) {
        match self {
            Error::NotFound => (StatusCode::NOT_FOUND, "error-not-found"),
            Error::Forbidden => (StatusCode::FORBIDDEN, "error-forbidden"),
            Error::Scope(_) => (StatusCode::FORBIDDEN, "error-scope"),
            Error::Csrf => (StatusCode::FORBIDDEN, "error-csrf"),
            Error::SignedOut => (StatusCode::SEE_OTHER, "error-signed-out"),
            Error::BadToken => (StatusCode::UNAUTHORIZED, "error-bad-token"),
            Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "error-invalid"),
            Error::Taken(_) => (StatusCode::CONFLICT, "error-taken"),
            Error::Conflict(message) => (StatusCode::CONFLICT, message.key),
            Error::Unmet(_) => (StatusCode::UNPROCESSABLE_ENTITY, "error-unmet"),
            Error::Blocked(_) => (StatusCode::CONFLICT, "error-blocked"),
            Error::Repeated => (StatusCode::CONFLICT, "error-repeated"),
            Error::StaleOrder(_) => (StatusCode::CONFLICT, "error-stale-order"),
            Error::StaleVersion { .. } => (StatusCode::CONFLICT, "error-stale-version"),
            Error::Precondition => (StatusCode::PRECONDITION_FAILED, "error-precondition"),
            Error::Unreadable(message) => (StatusCode::BAD_REQUEST, message.key),
            Error::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, "error-method"),
            Error::TooSlow => (StatusCode::REQUEST_TIMEOUT, "error-too-slow"),
            Error::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
            Error::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "error-media-type"),
            Error::Misdirected => (StatusCode::MISDIRECTED_REQUEST, "error-misdirected"),
            Error::TooMany(0..60) => (StatusCode::TOO_MANY_REQUESTS, "error-too-many-seconds"),
            Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "error-too-many"),
            Error::Crowded(_) => (StatusCode::TOO_MANY_REQUESTS, "error-crowded"),
            Error::Busy(_) => (StatusCode::SERVICE_UNAVAILABLE, "error-busy"),
            Error::OutcomeUnknown(_) => (StatusCode::GATEWAY_TIMEOUT, "error-late"),
            Error::Corrupt(_) => (StatusCode::SERVICE_UNAVAILABLE, "error-corrupt"),
            Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "error-internal"),
        }
    }

    /// The sentence to show: what happened and what to do next. Below a minute the time to wait is in seconds, as in
    /// `Retry-After`, else in minutes.
    pub fn message(&self) -> Message {
        let message = Message::new(self.status_and_key().1);
        match self {
            Error::Conflict(message) | Error::Unreadable(message) => message.clone(),
            Error::Taken(errors) => errors
                .iter()
                .next()
                .map_or(message, |(_, first)| first.clone()),
            Error::Unmet(unmet) => unmet_message(unmet),
            Error::Scope(scope) => message.with("scope", *scope),
            Error::TooMany(seconds @ 0..60) | Error::Crowded(seconds) => {
                message.with("count", *seconds as i64)
            }
            Error::TooMany(seconds) => message.with("count", seconds.div_ceil(60) as i64),
            _ => message,
        }
    }

    /// The headers that belong to this failure, wherever it is shown.
    pub fn add_headers(&self, response: &mut HttpResponseBuilder) {
        match self {
            Error::TooMany(seconds) | Error::Crowded(seconds) => {
                response.insert_header((header::RETRY_AFTER, seconds.to_string()));
            }
            Error::Busy(_) => {
                response.insert_header((header::RETRY_AFTER, "2"));
            }
            Error::Corrupt(_) => {
                response.insert_header((header::RETRY_AFTER, "60"));
            }
            Error::Method(allowed) => {
                let list = allowed.split_whitespace().collect::<Vec<_>>().join(", ");
                response.insert_header((header::ALLOW, list));
            }
            Error::TooSlow | Error::TooLarge => {
                response.insert_header((header::CONNECTION, "close"));
            }
            _ => {}
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Busy(cause)
            | Error::OutcomeUnknown(cause)
            | Error::Corrupt(cause)
            | Error::Internal(cause) => f.write_str(cause),
            Error::Invalid(errors) => {
                let mut gap = "";
                for (field, message) in errors.iter() {
                    write!(f, "{gap}{field}: {}", message.text(Default::default()))?;
                    gap = "; ";
                }
                Ok(())
            }
            other => f.write_str(&other.message().text(Default::default())),
        }
    }
}

impl std::error::Error for Error {}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// A bare status; `web::error_response` gives it its page or its JSON.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}
