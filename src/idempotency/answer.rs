//! The answers of calls that are stored.

use actix_web::http::StatusCode;
use serde_json::Value;

use crate::error::Unmet;
use crate::web::{add_warnings, done_body};

/// The answer of a call, which can be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: Value,
}

impl Answer {
    /// 200 with the message `key`.
    pub fn ok(key: &'static str) -> Answer {
        Answer {
            status: StatusCode::OK,
            location: None,
            body: done_body(key),
        }
    }

    /// 201 with the message `key`, the id of the new record and where to read it.
    pub fn created(key: &'static str, id: i64, location: String) -> Answer {
        let mut body = done_body(key);
        body["record_id"] = id.into();
        Answer {
            status: StatusCode::CREATED,
            location: Some(location),
            body,
        }
    }

    /// This answer with sentences about what was not saved; without any, as it is.
    pub fn with_warnings(mut self, warnings: Vec<String>) -> Answer {
        add_warnings(
            &mut self.body,
            warnings.into_iter().map(Value::from).collect(),
        );
        self
    }

    /// Adds the rules that warn and that aren't met, if there are any.
    pub fn with_unmet(mut self, unmet: &[Unmet]) -> Answer {
        let unmet = unmet.iter().map(|unmet| serde_json::json!(unmet));
        add_warnings(&mut self.body, unmet.collect());
        self
    }
}
