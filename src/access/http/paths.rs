/// Where the users are.
pub(crate) const USERS: &str = "/admin/users";
