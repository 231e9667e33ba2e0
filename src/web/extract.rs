//! Extractors of path ids and queries. Only authorized senders learn why a value can't be parsed
//! ([`crate::access::authorize_request`]).

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{AsHeaderName, HeaderMap};
use actix_web::{FromRequest, HttpRequest};

use crate::error::{Error, Result};
use crate::records::fields::{Fields, FromFields, parse_id};

/// The value of a header; nothing if it is absent or no text.
pub fn header_text(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The id in a path, `{id}`.
#[derive(Debug, Clone, Copy)]
pub struct Id(pub i64);

/// The ids in a path, in their order.
#[derive(Debug, Clone, Copy)]
pub struct Ids(pub i64, pub i64);

impl FromRequest for Id {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(path_id(req, 0).map(Id))
    }
}

impl FromRequest for Ids {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let ids = path_id(req, 0).and_then(|first| Ok(Ids(first, path_id(req, 1)?)));
        ready(ids)
    }
}

fn path_id(req: &HttpRequest, index: usize) -> Result<i64> {
    let part = req.match_info().iter().nth(index);
    let id = part.and_then(|(_, text)| parse_id(text));
    id.ok_or(Error::NotFound)
}

/// The query of the address, as `T` reads it.
#[derive(Debug, Clone)]
pub struct Query<T = Fields>(pub T);

impl<T: FromFields> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let fields = Fields::from_urlencoded(req.query_string().as_bytes());
        ready(fields.and_then(T::from_fields).map(Query))
    }
}
