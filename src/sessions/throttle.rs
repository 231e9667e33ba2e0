//! How many wrong passwords are too many. Counts are rows, so they survive a restart; an account is never
//! locked, it only has to wait.

use std::net::IpAddr;

use super::store;
use crate::access::email_key;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::sha256_hex;

/// Failures at one account.
pub const PER_ACCOUNT: i64 = 10;
/// Failures from one address.
pub const PER_ADDRESS: i64 = 50;
/// Seconds after which a failure counts no more.
pub const WINDOW_SECONDS: i64 = 15 * 60;

/// Someone trying a password: at which account, from where.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// A digest: what people type into the wrong field is not kept in plain.
    account_key: String,
    address: String,
}

impl Attempt {
    /// An attempt at the account of `email` from `address`.
    pub fn new(email: &str, address: &str) -> Attempt {
        Attempt {
            account_key: sha256_hex(&email_key(email)),
            address: network(address),
        }
    }

    /// Refuses the attempt if there were too many failures.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn must_wait(&self, conn: &mut Conn, now: Timestamp) -> Result<()> {
        match self.wait(conn, now)? {
            Some(seconds) => Err(Error::TooMany(seconds)),
            None => Ok(()),
        }
    }

    fn wait(&self, conn: &mut Conn, now: Timestamp) -> Result<Option<u64>> {
        let since = now.plus_seconds(-WINDOW_SECONDS);
        let account = store::nth_failure_of_account(conn, &self.account_key, since, PER_ACCOUNT)?;
        let address = store::nth_failure_of_address(conn, &self.address, since, PER_ADDRESS)?;
        Ok(account.max(address).map(|at| seconds_left(at, now)))
    }

    /// Counts a failure; true if it was the one after which it is time to wait.
    pub fn failed(&self, conn: &mut Conn, now: Timestamp) -> Result<bool> {
        let since = now.plus_seconds(-WINDOW_SECONDS);
        store::insert_failure(conn, &self.account_key, &self.address, now, since)?;
        Ok(self.wait(conn, now)?.is_some())
    }

    /// Forgets the failures at this account after the right password. Those at other accounts from the same
    /// address stay.
    pub fn succeeded(&self, conn: &mut Conn) -> Result<()> {
        store::delete_failures(conn, &self.account_key)
    }
}

/// Seconds until a failure at `at` counts no more; at least one.
fn seconds_left(at: Timestamp, now: Timestamp) -> u64 {
    let left = at.plus_seconds(WINDOW_SECONDS).seconds_since(now);
    u64::try_from(left).unwrap_or(0) + 1
}

/// The network that an address is counted under: of IPv6 the first 64 bits, since one household has them all.
fn network(address: &str) -> String {
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
}
