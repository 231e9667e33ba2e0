//! The paths of the pages of statuses, and the addresses that their forms return to.

use crate::statuses::domain::status::LeadStatus;
use crate::web::ReturnTo;

/// The path of the list.
pub const LIST: &str = "/admin/leads/statuses";

/// The path of the dictionary.
pub const DICTIONARY: &str = "/admin/leads/statuses/dictionary";

/// The pages that a form may return to.
pub const RETURN_TO: ReturnTo = ReturnTo {
    list: LIST,
    // Limits are set there too.
    other_lists: &["/admin/reports/pipeline"],
};

/// The path of a status.
pub fn status_path(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// What templates link to in a status.
pub trait StatusLinks {
    /// Its path.
    fn path(&self) -> String;
}

impl StatusLinks for LeadStatus {
    fn path(&self) -> String {
        status_path(self.id)
    }
}
