/// Where people sign in.
pub(crate) const LOGIN: &str = "/admin/login";
/// One's own profile.
pub(crate) const PROFILE: &str = "/admin/profile";
