//! The filter of the list of tokens.

use crate::records::filter_value::FilterValue;
use crate::records::filters::{UnreadableFilters, filter_table};

/// Which tokens a list shows. With a filter that can't be read it shows none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TokenFilter {
    pub state: TokenState,
    pub unreadable: UnreadableFilters<TokenFilterField>,
}

filter_table! {
    /// The filters of the list of tokens.
    TokenFilterField of TokenFilter {
        State = "state", state: TokenState, "token-filter-state";
    }
}

/// The filter by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TokenState {
    #[default]
    Current,
    /// Revoked ones, too: `state=all`.
    All,
}

impl FilterValue for TokenState {
    fn parse(typed: &str) -> Option<TokenState> {
        match typed {
            "" => Some(TokenState::Current),
            "all" => Some(TokenState::All),
            _ => None,
        }
    }

    fn to_param(&self) -> Option<String> {
        (*self == TokenState::All).then(|| "all".to_owned())
    }
}
