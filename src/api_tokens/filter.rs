use crate::error::Result;
use crate::records::fields::{Fields, FromFields};
use crate::records::filters::{Filtered, Unreadable, filter_table};

filter_table! {
    /// The filters of the list of tokens.
    TokenFilterField {
        State = "state", "token-filter-state";
    }
}

/// Which tokens a list shows. With a filter that can't be read it shows none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TokenFilter {
    /// True if revoked ones are shown too: `state=all`.
    pub is_all: bool,
    pub unreadable: Unreadable<TokenFilterField>,
}

impl FromFields for TokenFilter {
    fn from_fields(fields: Fields) -> Result<TokenFilter> {
        Ok(TokenFilter::from_filters(&fields))
    }
}

impl Filtered for TokenFilter {
    type Filter = TokenFilterField;

    fn set(&mut self, filter: TokenFilterField, typed: &str) -> bool {
        let TokenFilterField::State = filter;
        let is_all = match typed {
            "" => false,
            "all" => true,
            _ => return false,
        };
        self.is_all = is_all;
        true
    }

    fn value(&self, filter: TokenFilterField) -> Option<String> {
        let TokenFilterField::State = filter;
        self.is_all.then(|| "all".to_owned())
    }

    fn unreadable(&self) -> &Unreadable<TokenFilterField> {
        &self.unreadable
    }

    fn unreadable_mut(&mut self) -> &mut Unreadable<TokenFilterField> {
        &mut self.unreadable
    }
}
