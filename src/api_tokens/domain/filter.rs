//! The filter of the list of tokens.

use crate::records::filter_value::FilterValue;
use crate::records::filters::{UnreadableFilters, filter_table};

/// Which tokens a list shows. With a filter that can't be read it shows none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TokenFilter {
    pub state: RevokedFilter,
    pub unreadable: UnreadableFilters<TokenFilterField>,
}

filter_table! {
    /// The filters of the list of tokens.
    TokenFilterField of TokenFilter {
        State = "state", state: RevokedFilter, "token-filter-state";
    }
}

/// The filter that hides revoked tokens, or shows them too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RevokedFilter {
    #[default]
    Current,
    /// Revoked ones, too: `state=all`.
    All,
}

impl FilterValue for RevokedFilter {
    fn parse(typed: &str) -> Option<RevokedFilter> {
        match typed {
            "" => Some(RevokedFilter::Current),
            "all" => Some(RevokedFilter::All),
            _ => None,
        }
    }

    fn to_param(&self) -> Option<String> {
        (*self == RevokedFilter::All).then(|| "all".to_owned())
    }
}
