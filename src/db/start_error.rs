//! Why the program can't start.

/// Why a start can't be: one sentence for stderr, exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

impl StartError {
    /// A start that failed for the reason given.
    pub fn new(sentence: impl Into<String>) -> StartError {
        StartError(sentence.into())
    }
}
