//! What a command returns, and its exit status.

use crate::db::StartError;
use crate::error::Error;
use crate::i18n::Lang;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// It could not start because of its arguments, the configuration or the database: exit status 2.
    Start(String),
    /// It was refused, or failed later: exit status 1.
    Refused(String),
}

impl From<StartError> for Failure {
    fn from(StartError(sentence): StartError) -> Failure {
        Failure::Start(sentence)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Refused(match error {
            Error::Invalid(errors) => {
                let sentences = errors.iter().map(|(_, message)| message.text(Lang::En));
                sentences.collect::<Vec<_>>().join(" ")
            }
            other => other.to_string(),
        })
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Refused(error.to_string())
    }
}

/// What a command returns.
pub type Outcome = Result<(), Failure>;
