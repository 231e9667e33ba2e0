use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::db::StartError;

/// Length of the signing key.
const KEY_BYTES: usize = 64;

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
