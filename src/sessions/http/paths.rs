//! The addresses of signing in, of the profile and of kept forms.

/// The path of the sign-in form.
pub(crate) const LOGIN: &str = "/admin/login";
/// The path of one's own profile.
pub(crate) const PROFILE: &str = "/admin/profile";
/// The path above kept forms.
pub(crate) const KEPT_FORMS: &str = "/admin/forms";
