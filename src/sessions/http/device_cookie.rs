//! The cookie by which a browser is recognised when its user signs in.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;

use crate::sessions::actions::device::Device;
use crate::web::App;

const COOKIE: &str = "ls_device";
/// Days for which a browser keeps the cookie.
const DAYS: i64 = 180;

/// The device that sends `req`, perhaps for the first time.
pub fn read_device(req: &HttpRequest, app: &App) -> Device {
    let cookie = req.cookie(&app.cookie_name(COOKIE));
    Device::read(cookie.as_ref().map(Cookie::value).unwrap_or_default())
}

/// The cookie of a device after the user has signed in with the password that has this hash.
pub fn device_cookie(device: &Device, app: &App, user_id: i64, hash: &str) -> Cookie<'static> {
    let value = device.cookie_value(&app.signer, user_id, hash);
    let cookie = app.cookie(COOKIE, value);
    cookie.max_age(Duration::days(DAYS)).finish()
}
