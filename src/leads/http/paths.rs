//! The paths of the pages of leads, and the addresses that their forms return to.

use crate::leads::http::pages::LIST_PATH;
use crate::web::ReturnTo;

/// The pages that a form may return to.
pub const RETURN_TO: ReturnTo = ReturnTo {
    list: LIST_PATH,
    others: &["/admin/leads/board", "/admin/leads/stuck"],
};

/// The path of a lead.
pub fn lead_path(id: i64) -> String {
    format!("{LIST_PATH}/{id}")
}

/// The path of a lead, with the list that it was opened from.
pub fn lead_path_with_list(id: i64, back: &str) -> String {
    RETURN_TO.add_to(&lead_path(id), &RETURN_TO.list_of(back))
}
