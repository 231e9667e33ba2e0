//! The beginning of a session: a new key for the browser, and a row in the transaction that signs the user in.

use actix_session::SessionExt;
use actix_web::HttpResponse;
use actix_web::http::header;

use crate::access::{PageRequest, User};
use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::sessions::actions::device::Device;
use crate::sessions::actions::throttle::network;
use crate::sessions::domain::user_agent;
use crate::sessions::http::device_cookie::{device_cookie, read_device};
use crate::sessions::http::key_only_store::NEW_KEY_ENTRY;
use crate::sessions::store;
use crate::sessions::store::NewSessionRow;
use crate::signer::random_token;
use crate::web::{Flash, RequestId, client_address, header_text};

/// A session that is about to begin.
#[derive(Clone)]
pub struct PendingSession {
    key: String,
    row: NewSessionRow,
    device: Device,
}

/// A user with the hash of their password.
#[derive(Debug, Clone)]
pub struct Account {
    pub user: User,
    pub hash: String,
}

impl PendingSession {
    /// A session with a new key for the browser of this request.
    ///
    /// # Errors
    /// Returns an error if the system gives no random bytes.
    pub fn new(request: &PageRequest) -> Result<PendingSession> {
        let req = request.http();
        let agent = header_text(req.headers(), header::USER_AGENT);
        let key = random_token(32);
        if key.is_empty() {
            return Err(Error::internal("the system gives no random bytes"));
        }
        Ok(PendingSession {
            row: NewSessionRow {
                key_hash: sha256_hex(&key),
                replaced_key_hash: request.session_hash().map(str::to_owned),
                agent: user_agent::shortened(agent.unwrap_or_default()),
                address: client_address(req, request.app()),
            },
            device: read_device(req, request.app()),
            key,
        })
    }

    /// The device that sent the request.
    pub(crate) fn device(&self) -> &Device {
        &self.device
    }

    /// Begins the session, in the transaction of the sign-in, and ends the previous one of this browser. From now on the
    /// account knows its address.
    ///
    /// # Errors
    /// Returns an error if the database can't be written.
    pub fn insert(&self, conn: &mut Conn, user_id: i64, now: Timestamp) -> Result<()> {
        store::insert(conn, &self.row, user_id, now)?;
        store::remember_address(conn, user_id, &network(&self.row.address), now)
    }

    /// The redirect to `path` with the key of the session, and with the cookies of the theme and the device.
    ///
    /// # Errors
    /// Returns an error if the cookies can't be set.
    pub fn answer(
        self,
        request: &PageRequest,
        Account { user, hash }: &Account,
        path: &str,
        flash: Option<Flash>,
    ) -> Result<HttpResponse> {
        let session = request.http().get_session();
        session.renew();
        session
            .insert(NEW_KEY_ENTRY, &self.key)
            .map_err(Error::internal)?;
        let app = request.app();
        let mut response = request.redirect(path, flash);
        for cookie in [
            user.theme.cookie(app),
            device_cookie(&self.device, app, user.id, hash),
        ] {
            response.add_cookie(&cookie).map_err(Error::internal)?;
        }
        Ok(response)
    }
}

/// The author of what happens before a user is signed in: the program.
pub fn actor(request: &PageRequest, channel: Channel) -> Actor {
    Actor {
        request_id: RequestId::of(request.http()),
        ..Actor::program(channel, request.app().clock.now())
    }
}
