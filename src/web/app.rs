use std::borrow::Cow;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use actix_web::cookie::{Cookie, CookieBuilder, SameSite};
use actix_web::{HttpRequest, web};

use super::{ConcurrencyLimit, Metrics};
use crate::clock::{Clock, Timestamp};
use crate::config::PublicUrl;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::signer::Signer;

/// Numbers in the frame around every page.
#[derive(Debug, Clone, Copy, Default)]
pub struct FrameCounts {
    /// Statuses in use, beside their menu item.
    pub statuses: i64,
    /// Leads that are not in the bin.
    pub leads: i64,
    /// Stuck leads that wait for this user, their own or those they look after: beside the menu item, and the "(n)" of
    /// the title.
    pub stuck: i64,
}

/// The user whose frame is counted, and the moment.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    pub user_id: i64,
    /// True for users who look after everyone's leads.
    pub sees_all: bool,
    pub now: Timestamp,
}

/// What every handler can reach.
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub signer: Signer,
    pub metrics: Metrics,
    /// The address people use; without one, the request's own host.
    pub public_url: Option<PublicUrl>,
    /// The address this server is bound to.
    pub bound_to: IpAddr,
    pub trusted_proxies: Vec<IpAddr>,
    pub rate_limits: bool,
    /// Hashing passwords takes time and memory: not too much of it at once.
    pub hashing: Arc<ConcurrencyLimit>,
    /// Sign-ins that are held up because others guess at their account.
    pub delayed_sign_ins: ConcurrencyLimit,
    /// Bodies that are not small are kept in memory for as long as their request takes: so many at once.
    pub bodies: ConcurrencyLimit,
    /// Uploads take disk and reading: so many at once.
    pub uploads: ConcurrencyLimit,
    /// Where uploads that wait for their confirmation lie.
    pub data_dir: PathBuf,
    /// True from the moment a stop is asked for.
    pub stopping: AtomicBool,
    /// The fields whose text is shown again when a form is refused for its token, with the catalogue keys of their names.
    pub recovered_fields: Vec<(&'static str, &'static str)>,
    /// Counts what the frame shows; set where the slices are known.
    pub counts: fn(&mut Conn, Viewer) -> Result<FrameCounts>,
}

impl App {
    /// The state that handles a request.
    ///
    /// # Errors
    /// If the request is not one of the program's.
    pub fn of(req: &HttpRequest) -> Result<&web::Data<App>> {
        req.app_data().ok_or_else(|| Error::internal("no state"))
    }

    /// True if browsers reach this server through TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(PublicUrl::is_https)
    }

    /// A cookie for all pages that no script can read; it ends with the browser unless it gets an age.
    pub fn cookie(
        &self,
        name: &str,
        value: impl Into<Cow<'static, str>>,
    ) -> CookieBuilder<'static> {
        Cookie::build(self.cookie_name(name), value)
            .path("/")
            .http_only(true)
            .secure(self.is_https())
            .same_site(SameSite::Lax)
    }

    /// The name of a cookie: under https with the prefix that binds it to this host.
    pub fn cookie_name(&self, name: &str) -> String {
        if self.is_https() {
            format!("__Host-{name}")
        } else {
            name.to_owned()
        }
    }
}
