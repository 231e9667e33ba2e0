//! A browser from which accounts have signed in. Its cookie gives no rights: it exempts the browser from delays because of
//! wrong passwords from elsewhere. It holds a random id and, for each of the last accounts, a signature that is valid as
//! long as the account has its password. Without the signing key it names no account.

use crate::digest::sha256_hex;
use crate::signer::{Signer, random_token};

const PURPOSE: &str = "device";
/// The most accounts that a browser is known to.
const ACCOUNTS: usize = 5;

/// The content of the cookie.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    id: String,
    signatures: Vec<String>,
}

impl Device {
    /// Reads a cookie; malformed parts are ignored.
    pub(crate) fn read(cookie: &str) -> Device {
        let mut parts = cookie.split('.').filter(|part| is_valid_part(part));
        Device {
            id: parts.next().map_or_else(|| random_token(16), str::to_owned),
            signatures: parts.take(ACCOUNTS).map(str::to_owned).collect(),
        }
    }

    /// The id of this device, if the user signed in from it with the password that has this hash.
    pub(crate) fn id_if_known(&self, signer: &Signer, user_id: i64, hash: &str) -> Option<&str> {
        let signed_text = self.signed_text(user_id, hash);
        let mut signatures = self.signatures.iter();
        let is_known = signatures.any(|signature| signer.verify(PURPOSE, &signed_text, signature));
        is_known.then_some(&*self.id)
    }

    /// The cookie after the user has signed in with the password that has this hash.
    pub(crate) fn cookie_value(&self, signer: &Signer, user_id: i64, hash: &str) -> String {
        let own = signer.sign(PURPOSE, &self.signed_text(user_id, hash));
        let others = self.signatures.iter().filter(|other| **other != own);
        let parts: Vec<&str> = [self.id.as_str(), own.as_str()]
            .into_iter()
            .chain(others.map(String::as_str))
            .take(1 + ACCOUNTS)
            .collect();
        parts.join(".")
    }

    fn signed_text(&self, user_id: i64, hash: &str) -> String {
        format!("{} {user_id} {}", self.id, sha256_hex(hash))
    }
}

/// True for base64url of the length that ids and signatures have.
fn is_valid_part(part: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (1..=64).contains(&part.len()) && part.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_known_to_its_account_under_its_password_alone() {
        let dir = tempfile::tempdir().unwrap();
        let signer = Signer::load(dir.path()).unwrap();
        let id = random_token(16);
        let mut known = Device {
            id: id.clone(),
            signatures: Vec::new(),
        };
        assert_eq!(known.id_if_known(&signer, 1, "hash"), None);
        known
            .signatures
            .push(signer.sign(PURPOSE, &known.signed_text(1, "hash")));
        assert_eq!(known.id_if_known(&signer, 1, "hash"), Some(&*id));
        assert_eq!(known.id_if_known(&signer, 2, "hash"), None);
        assert_eq!(known.id_if_known(&signer, 1, "another"), None);
        let stolen = Device {
            id: random_token(16),
            ..known
        };
        assert_eq!(stolen.id_if_known(&signer, 1, "hash"), None);
    }

    #[test]
    fn a_cookie_from_outside_never_becomes_more_than_words() {
        let device = Device::read("a\r\nb.; Path=/x.c-_9..d");
        assert_eq!(
            (device.id.as_str(), &*device.signatures),
            ("c-_9", &["d".to_owned()][..])
        );
        assert!(is_valid_part(&Device::read("").id));
        let many = Device::read(&"a.".repeat(100));
        assert_eq!(many.signatures.len(), ACCOUNTS);
    }
}
