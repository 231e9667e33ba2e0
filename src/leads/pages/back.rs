use super::LIST;
use crate::web::WayBack;

/// Where the forms of leads may lead back to.
pub const WAY: WayBack = WayBack {
    list: LIST,
    others: &["/admin/leads/board", "/admin/leads/stuck"],
};

/// The page of one lead.
pub fn path_of(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// The page of one lead, with the list that it was opened from.
pub fn page_of(id: i64, back: &str) -> String {
    WAY.with_back(&path_of(id), &WAY.list_of(back))
}
