//! What the pages of tokens show.

use askama::Template;

use crate::access::{Scope, User};
use crate::api_tokens::domain::filter::{RevokedFilter, TokenFilter};
use crate::api_tokens::domain::token::{ApiToken, Secret, TokenForm};
use crate::error::FieldErrors;
use crate::records::filter_value::FilterValue;
use crate::records::link::link;
use crate::records::list::List;
use crate::records::paging::{NumberedList, Paging};
use crate::web::Page;

/// The path of the list of tokens.
pub const TOKENS: &str = "/admin/api/api_management";

/// The data of the list.
pub struct ListData {
    pub tokens: Vec<ApiToken>,
    pub paging: Paging,
    pub listing: NumberedList<TokenFilter>,
    /// How many there are: those not revoked, and all.
    pub counts: (i64, i64),
}

/// The list of tokens.
#[derive(Template)]
#[template(path = "api_tokens/list.html")]
pub struct ListPage {
    page: Page,
    data: ListData,
}

impl ListPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: ListData) -> ListPage {
        ListPage { page, data }
    }

    fn is_shown(&self, state: RevokedFilter) -> bool {
        let filter = &self.data.listing.filter;
        filter.unreadable.is_empty() && filter.state == state
    }

    /// The address of one of the two tabs.
    fn tab(&self, state: RevokedFilter) -> String {
        link(TOKENS, state.to_param().map(|state| ("state", state)))
    }
}

/// The form of a new token.
#[derive(Template)]
#[template(path = "api_tokens/new.html")]
pub struct NewPage {
    pub page: Page,
    pub errors: FieldErrors,
    pub typed: TokenForm,
    pub owners: Vec<User>,
}

impl NewPage {
    fn is_owner(&self, user: &User) -> bool {
        self.typed.owner == user.id.to_string()
    }
}

/// A new token with its secret.
#[derive(Template)]
#[template(path = "api_tokens/issued.html")]
pub struct IssuedPage {
    pub page: Page,
    pub token: ApiToken,
    pub secret: String,
}

impl IssuedPage {
    /// The page that shows the secret of `token`.
    pub fn new(page: Page, token: ApiToken, secret: &Secret) -> IssuedPage {
        let secret = secret.reveal().to_owned();
        IssuedPage {
            page,
            token,
            secret,
        }
    }
}

/// The confirmation of revoking a token.
#[derive(Template)]
#[template(path = "api_tokens/revoke.html")]
pub struct RevokePage {
    pub page: Page,
    pub token: ApiToken,
}

/// The catalogue keys of a scope: its name, and what it allows.
fn scope_keys(scope: &Scope) -> (&'static str, &'static str) {
    match scope {
        Scope::Read => ("token-scope-read", "token-scope-read-hint"),
        Scope::Write => ("token-scope-write", "token-scope-write-hint"),
        Scope::Delete => ("token-scope-delete", "token-scope-delete-hint"),
    }
}
