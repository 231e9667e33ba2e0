//! Limits wrong passwords. They are counted for an account by their origin: an address, or a device that the account
//! knows. Guesses from other origins don't lock the account; they only delay sign-ins from origins that the account does not
//! know. Counts are rows, so they survive a restart.

use std::net::IpAddr;
use std::time::Duration;

use crate::access::email_key;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::sessions::actions::device::Device;
use crate::sessions::store;
use crate::signer::Signer;

/// Failures at one account from one address or device.
pub const PER_ORIGIN: i64 = 10;
/// Failures from one address at all accounts.
pub const PER_ADDRESS: i64 = 50;
/// Seconds for which a failure counts.
pub const WINDOW_SECONDS: i64 = 15 * 60;
/// After each such number of failures at an account, from any origin, the delay doubles.
const PER_STEP: u64 = 10;
/// The first delay.
const FIRST_DELAY: Duration = Duration::from_millis(250);
/// The longest delay.
const MAX_DELAY: Duration = Duration::from_secs(5);
/// Failures after which the delay grows no more.
const MAX_COUNTED: i64 = 60;

/// The origin of an attempt.
#[derive(Debug, Clone, PartialEq)]
enum Origin {
    Unknown,
    /// The account signed in from this address before.
    KnownAddress,
    /// The account signed in from this device before; the id of the device.
    Device(String),
}

/// An attempt to sign in: at which account, from where.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// A digest, because users may type a password into the field of the address.
    account_key: String,
    address: String,
    origin: Origin,
}

impl Attempt {
    /// An attempt at the account of `email` from `address`.
    pub fn new(email: &str, address: &str) -> Attempt {
        Attempt {
            account_key: sha256_hex(&email_key(email)),
            address: network(address),
            origin: Origin::Unknown,
        }
    }

    /// The attempt with its origin, for the account of the user whose password has this `hash`.
    ///
    /// # Errors
    /// Returns an error if the database can't be read.
    pub(crate) fn with_origin(
        mut self,
        conn: &mut Conn,
        (user_id, hash): (i64, &str),
        device: &Device,
        signer: &Signer,
    ) -> Result<Attempt> {
        self.origin = match device.id_if_known(signer, user_id, hash) {
            Some(id) => Origin::Device(id.to_owned()),
            None if store::is_known_address(conn, user_id, &self.address)? => Origin::KnownAddress,
            None => Origin::Unknown,
        };
        Ok(self)
    }

    /// Refuses the attempt after too many failures.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn require_allowed(&self, conn: &mut Conn, now: Timestamp) -> Result<()> {
        match self.seconds_to_wait(conn, now)? {
            Some(seconds) => Err(Error::TooMany(seconds)),
            None => Ok(()),
        }
    }

    fn seconds_to_wait(&self, conn: &mut Conn, now: Timestamp) -> Result<Option<u64>> {
        let since = now.plus_seconds(-WINDOW_SECONDS);
        let (account, origin) = (&self.account_key, self.counter_key());
        let mut last = store::nth_failure_from(conn, account, &origin, since, PER_ORIGIN)?;
        if !matches!(self.origin, Origin::Device(_)) {
            let address = store::nth_failure_of_address(conn, &self.address, since, PER_ADDRESS)?;
            last = last.max(address);
        }
        Ok(last.map(|failed_at| seconds_left(failed_at, now)))
    }

    /// The key that a failure is counted under, beside the account.
    fn counter_key(&self) -> String {
        match &self.origin {
            Origin::Unknown | Origin::KnownAddress => self.address.clone(),
            Origin::Device(id) => format!("device {id}"),
        }
    }

    /// The delay because of failures at the account: none from an origin that the account knows.
    ///
    /// # Errors
    /// Returns an error if the database can't be read.
    pub fn delay(&self, conn: &mut Conn, now: Timestamp) -> Result<Duration> {
        if self.origin != Origin::Unknown {
            return Ok(Duration::ZERO);
        }
        let since = now.plus_seconds(-WINDOW_SECONDS);
        store::count_failures(conn, &self.account_key, since, MAX_COUNTED).map(delay_after)
    }

    /// Counts a failure; true if further attempts are refused from now on.
    pub fn record_failure(&self, conn: &mut Conn, now: Timestamp) -> Result<bool> {
        let since = now.plus_seconds(-WINDOW_SECONDS);
        let failure = store::Failure {
            account_key: &self.account_key,
            address: &self.address,
            origin: &self.counter_key(),
        };
        store::insert_failure(conn, &failure, now, since)?;
        Ok(self.seconds_to_wait(conn, now)?.is_some())
    }

    /// Deletes the failures at this account from this origin, after the right password.
    pub fn clear_failures(&self, conn: &mut Conn) -> Result<()> {
        store::delete_failures(conn, &self.account_key, &self.counter_key())
    }
}

/// The delay after so many failures: it doubles with every ten.
fn delay_after(failures: usize) -> Duration {
    match failures as u64 / PER_STEP {
        0 => Duration::ZERO,
        steps => MAX_DELAY.min(FIRST_DELAY * (1 << (steps - 1).min(16))),
    }
}

/// Seconds until a failure expires; at least one.
fn seconds_left(failed_at: Timestamp, now: Timestamp) -> u64 {
    let seconds = failed_at.plus_seconds(WINDOW_SECONDS).seconds_since(now);
    u64::try_from(seconds).unwrap_or(0) + 1
}

/// The network that an address is counted under: of IPv6 the first 64 bits, all addresses of which belong to one customer.
pub(crate) fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => {
                let [a, b, c, d, ..] = v6.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neighbours_in_an_ipv6_network_count_as_one() {
        let at = |address| Attempt::new("ana@example.com", address);
        assert_eq!(at("2001:db8:1:2::7"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::7"), at("2001:db8:1:3::7"));
        assert_eq!(at("::ffff:192.0.2.7"), at("192.0.2.7"));
    }

    #[test]
    fn an_account_is_counted_without_regard_to_case_and_never_kept_in_plain() {
        let typed = Attempt::new(" ANA@example.com", "192.0.2.7");
        assert_eq!(typed, Attempt::new("ana@Example.com ", "192.0.2.7"));
        assert!(!format!("{typed:?}").contains("example"));
    }

    #[test]
    fn the_wait_ends_when_the_failure_leaves_the_window() {
        let now = Timestamp(1_000_000_000_000);
        assert_eq!(seconds_left(now, now), 901);
        assert_eq!(seconds_left(now.plus_seconds(-900), now), 1);
        assert_eq!(seconds_left(now.plus_seconds(-5000), now), 1);
    }

    #[test]
    fn the_delay_grows_with_the_failures_and_ends_at_five_seconds() {
        let delays = [0, 9, 10, 19, 20, 30, 40, 50, 60, usize::MAX].map(delay_after);
        let expected = [0, 0, 250, 250, 500, 1000, 2000, 4000, 5000, 5000];
        assert_eq!(delays, expected.map(Duration::from_millis));
    }
}
