/// The path of the list of users.
pub(crate) const USERS: &str = "/admin/users";
