//! The paths of the pages of leads, and the addresses that their forms return to.

use crate::leads::domain::lead::Lead;
use crate::records::fields::{Fields, parse_id};
use crate::web::ReturnTo;

/// The path of the list.
pub const LIST_PATH: &str = "/admin/leads";
/// The path of the board.
pub const BOARD_PATH: &str = "/admin/leads/board";
/// The path of the stuck list.
pub const STUCK_PATH: &str = "/admin/leads/stuck";

/// The path of the leads that wait for a user.
pub const OFFERS_PATH: &str = "/admin/leads/offers";

/// The path of the list of one's own open leads.
pub const OWN_PATH: &str = "/admin/leads/mine";

/// The pages that a form may return to.
pub const RETURN_TO: ReturnTo = ReturnTo {
    list: LIST_PATH,
    other_lists: &[BOARD_PATH, STUCK_PATH, OWN_PATH, OFFERS_PATH],
};

/// The path of a lead.
pub fn lead_path(id: i64) -> String {
    format!("{LIST_PATH}/{id}")
}

/// The path of a lead, with the list that it was opened from.
pub fn lead_path_with_list(id: i64, back: &str) -> String {
    RETURN_TO.add_to(&lead_path(id), &RETURN_TO.list_of(back))
}

/// Where a form about one lead leads: to the lead that follows in the list that it was opened from, if the form says
/// `next`, and after the last one to the list.
pub fn path_after(fields: &Fields, id: i64) -> String {
    let back = RETURN_TO.read_or(fields, &lead_path(id));
    match fields.text("next") {
        None => back,
        Some(next) => match parse_id(next) {
            Some(next) => lead_path_with_list(next, &back),
            None => RETURN_TO.list_of(&back),
        },
    }
}

/// The links to a lead in templates.
pub trait LeadLinks {
    /// Its path.
    fn path(&self) -> String;
}

impl LeadLinks for Lead {
    fn path(&self) -> String {
        lead_path(self.id)
    }
}
