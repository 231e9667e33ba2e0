//! The state that every handler shares.

use std::borrow::Cow;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use actix_web::cookie::{Cookie, CookieBuilder, SameSite};
use actix_web::{HttpRequest, web};

use super::{ConcurrencyLimit, JobSignal, Metrics, RunningSubmissions};
use crate::clock::{Clock, Timestamp, Zone};
use crate::config::PublicUrl;
use crate::db::{Conn, Db};
use crate::digest::PasswordCost;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::signer::Signer;

/// The numbers in the frame around every page.
#[derive(Debug, Clone, Copy, Default)]
pub struct FrameCounts {
    /// Statuses in use, beside their menu item.
    pub statuses: i64,
    /// Leads that are not in the bin.
    pub leads: i64,
    /// Stuck leads of this user, or of all users if the user manages leads: beside the menu item, and the "(n)" of the
    /// title.
    pub stuck: i64,
    /// Leads that wait for this user: offers, and leads whose pause in a paused status is over. For users who manage all
    /// leads also overdue offers to others, and such leads without an owner.
    pub waiting: i64,
}

/// The user whose frame is counted, and the moment.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    pub user_id: i64,
    /// The name of the role, as the database stores it.
    pub role: &'static str,
    /// True for users who manage all leads.
    pub sees_all: bool,
    pub now: Timestamp,
}

/// The state that every handler shares.
pub struct App {
    pub db: Db,
    pub clock: Clock,
    /// The time zone of users who have not chosen one.
    pub time_zone: Zone,
    pub signer: Signer,
    pub metrics: Metrics,
    /// The address people use; without one, the request's own host.
    pub public_url: Option<PublicUrl>,
    /// The address this server is bound to.
    pub bound_to: IpAddr,
    pub trusted_proxies: Vec<IpAddr>,
    /// True if wrong passwords are limited.
    pub has_rate_limits: bool,
    /// How many passwords are hashed at once, which takes time and memory.
    pub hashing: Arc<ConcurrencyLimit>,
    pub password_cost: PasswordCost,
    /// How many sign-ins are delayed at once, because of wrong passwords for their accounts.
    pub delayed_sign_ins: ConcurrencyLimit,
    /// How many large bodies are in memory at once.
    pub bodies: ConcurrencyLimit,
    /// How many uploads are received at once.
    pub uploads: ConcurrencyLimit,
    /// How many exports are read and sent at once.
    pub exports: ConcurrencyLimit,
    /// The directory of the program's files, such as uploads.
    pub data_dir: PathBuf,
    pub jobs: JobSignal,
    /// The forms that are being handled.
    pub submissions: RunningSubmissions,
    /// True once the server is to stop.
    pub is_stopping: AtomicBool,
    /// Reads the numbers of the frame, from slices that this module may not use.
    pub frame_counts: fn(&mut Conn, Viewer) -> Result<FrameCounts>,
    /// Translates the first statuses to the language of the first administrator.
    pub translate_first_statuses: fn(&mut Conn, Timestamp, Lang) -> Result<()>,
}

impl App {
    /// The state that handles a request.
    ///
    /// # Errors
    /// [`Error::Internal`] if the server was built without it.
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
