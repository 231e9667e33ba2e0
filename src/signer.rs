//! Signatures of what leaves the server and must come back unchanged.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::db::StartError;

/// Length of the signing key.
const KEY_BYTES: usize = 64;
/// Length of a signature.
const SIGNATURE_BYTES: usize = 32;

/// Signs what leaves the server and must come back unchanged: CSRF tokens, flashes, session cookies.
#[derive(Clone)]
pub struct Signer {
    key: [u8; KEY_BYTES],
}

impl Signer {
    /// The key in the data directory, made with mode 0600 on first start.
    ///
    /// # Errors
    /// If the file can't be read or made, or has another length.
    pub fn load(data_dir: &Path) -> Result<Signer, StartError> {
        let path = data_dir.join("signing.key");
        let failed = |why: &dyn std::fmt::Display| {
            StartError(format!(
                "The signing key {} can't be used: {why}.",
                path.display()
            ))
        };
        fs::create_dir_all(data_dir).map_err(|e| failed(&e))?;
        match create(&path) {
            Ok(key) => return Ok(Signer { key }),
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
            Err(cause) => return Err(failed(&cause)),
        }
        let bytes = fs::read(&path).map_err(|e| failed(&e))?;
        let key = bytes
            .try_into()
            .map_err(|_| failed(&"it is not 64 bytes long"))?;
        Ok(Signer { key })
    }

    /// The key itself, for the session cookie.
    pub fn cookie_key(&self) -> actix_web::cookie::Key {
        actix_web::cookie::Key::from(&self.key)
    }

    /// A signature over `data` that is only good for `purpose`.
    pub fn sign(&self, purpose: &str, data: &str) -> String {
        BASE64URL_NOPAD.encode(&self.mac(purpose, data).finalize().into_bytes())
    }

    /// True if `signature` is ours, compared in constant time.
    pub fn verify(&self, purpose: &str, data: &str, signature: &str) -> bool {
        BASE64URL_NOPAD
            .decode(signature.as_bytes())
            .is_ok_and(|bytes| self.mac(purpose, data).verify_slice(&bytes).is_ok())
    }

    /// The signature over `data` under a mask: a random pad, and the signature XOR the pad. It is another text each time,
    /// so that the length of a compressed page tells nothing of it.
    pub fn sign_masked(&self, purpose: &str, data: &str) -> String {
        let signature = self.mac(purpose, data).finalize().into_bytes();
        let mut masked = [0u8; 2 * SIGNATURE_BYTES];
        let (pad, rest) = masked.split_at_mut(SIGNATURE_BYTES);
        // Without random bytes the pad is zero: the signature is good, but not masked.
        let _ = getrandom::fill(pad);
        for ((rest, pad), byte) in rest.iter_mut().zip(pad).zip(signature) {
            *rest = *pad ^ byte;
        }
        BASE64URL_NOPAD.encode(&masked)
    }

    /// True if `masked` is our signature under any mask, compared in constant time.
    pub fn verify_masked(&self, purpose: &str, data: &str, masked: &str) -> bool {
        let Ok(bytes) = BASE64URL_NOPAD.decode(masked.as_bytes()) else {
            return false;
        };
        let (pad, rest) = bytes.split_at(bytes.len() / 2);
        let signature: Vec<u8> = pad.iter().zip(rest).map(|(pad, byte)| pad ^ byte).collect();
        bytes.len() == 2 * SIGNATURE_BYTES
            && self.mac(purpose, data).verify_slice(&signature).is_ok()
    }

    fn mac(&self, purpose: &str, data: &str) -> Hmac<Sha256> {
        let mut mac = match Hmac::<Sha256>::new_from_slice(&self.key) {
            Ok(mac) => mac,
            // HMAC takes keys of every length; the type only can't say so.
            Err(_) => Hmac::<Sha256>::new(&Default::default()),
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data.as_bytes());
        mac
    }
}

/// Writes a new key that only its owner may read; the file appears whole or not at all.
fn create(path: &Path) -> std::io::Result<[u8; KEY_BYTES]> {
    if path.exists() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let mut key = [0u8; KEY_BYTES];
    getrandom::fill(&mut key).map_err(std::io::Error::other)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    draft.write_all(&key)?;
    draft.as_file().sync_all()?;
    draft.persist_noclobber(path)?;
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(key)
}

/// `bytes` random bytes of the operating system as base64url; an empty text if it has none to give.
pub fn random_token(bytes: usize) -> String {
    let mut buffer = vec![0u8; bytes];
    match getrandom::fill(&mut buffer) {
        Ok(()) => BASE64URL_NOPAD.encode(&buffer),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_signature_is_another_text_each_time_and_good_for_its_data_alone() {
        let signer = Signer {
            key: [7; KEY_BYTES],
        };
        let (one, other) = (signer.sign_masked("a", "x"), signer.sign_masked("a", "x"));
        assert_ne!(one, other);
        for masked in [&one, &other] {
            assert!(signer.verify_masked("a", "x", masked));
            assert!(!signer.verify_masked("a", "y", masked));
            assert!(!signer.verify_masked("b", "x", masked));
        }
        let bytes = BASE64URL_NOPAD.decode(one.as_bytes()).unwrap();
        assert_ne!(bytes[..32], [0; 32], "the pad is random");
        let (cut, unmasked) = (&one[..one.len() - 4], signer.sign("a", "x"));
        for wrong in ["", "AA", cut, &unmasked, &format!("{one}AAAA")] {
            assert!(!signer.verify_masked("a", "x", wrong), "{wrong}");
        }
        let mut changed = bytes;
        changed[40] ^= 1;
        assert!(!signer.verify_masked("a", "x", &BASE64URL_NOPAD.encode(&changed)));
    }

    #[test]
    fn what_a_first_start_left_that_was_cut_off_is_in_nobodys_way() {
        let dir = tempfile::tempdir().unwrap();
        // In a container, every start has the same number.
        let left = format!("signing.{}.new", std::process::id());
        fs::write(dir.path().join(left), "half a key").unwrap();
        let first = Signer::load(dir.path()).unwrap();
        assert_eq!(Signer::load(dir.path()).unwrap().key, first.key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let made = fs::metadata(dir.path().join("signing.key")).unwrap();
            assert_eq!(made.permissions().mode() & 0o777, 0o600);
        }
    }
}
