//! Passwords: which are accepted, and how they are hashed.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::digest::PasswordCost;
use crate::error::{Error, Result};
use crate::i18n::Message;

/// The fewest characters of a password.
pub const MIN_CHARS: usize = 15;
/// The most characters of a password.
pub const MAX_CHARS: usize = 256;
/// Guesses (as a power of ten) below which a password is one of the common ones, or made of them.
const COMMON_GUESSES_LOG10: f64 = 8.0;

/// A password that was accepted; `Debug` doesn't show it.
#[derive(Clone)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// A new password for the person with this e-mail address and name.
    ///
    /// # Errors
    /// The sentence to show, if it is too short, too long, common, or the person's own name or address.
    pub fn parse(text: &str, email: &str, name: &str) -> Result<Password, Message> {
        let length = text.chars().count();
        if length < MIN_CHARS {
            return Err(Message::new("password-short").with("count", MIN_CHARS));
        }
        if length > MAX_CHARS {
            return Err(Message::new("password-long").with("count", MAX_CHARS));
        }
        let folded = text.to_lowercase();
        let is_own = |own: &str| !own.is_empty() && folded.trim() == own.trim().to_lowercase();
        if is_own(email) || is_own(name) || email.split('@').next().is_some_and(is_own) {
            return Err(Message::new("password-yours"));
        }
        if zxcvbn::zxcvbn(text, &[email, name]).guesses_log10() < COMMON_GUESSES_LOG10 {
            return Err(Message::new("password-common"));
        }
        Ok(Password(text.to_owned()))
    }
}

/// The result of checking a typed password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but hashed at a lower cost than today's.
    RightButWeak,
}

/// Blocks to reserve for a hash. Allocators return areas of 32 MiB and more to the system at once, and keep smaller ones.
/// Untouched blocks take no memory.
const RESERVED_BLOCKS: usize = 33 * 1024;

/// The digest of a password under a salt. Takes tens of milliseconds and 19 MiB.
fn digest(text: &str, salt: &[u8], params: Params) -> Result<Output> {
    let count = params.block_count();
    let mut memory = Vec::with_capacity(count.max(RESERVED_BLOCKS));
    memory.resize(count, Block::new());
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let mut out = vec![0; length];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(text.as_bytes(), salt, &mut out, &mut memory)
        .map_err(Error::internal)?;
    Output::new(&out).map_err(Error::internal)
}

fn params(cost: PasswordCost) -> Result<Params> {
    Params::new(cost.kib, cost.passes, 1, None).map_err(Error::internal)
}

/// The PHC string of a password.
///
/// # Errors
/// Returns an error if the system gives no random bytes.
pub fn hash(password: &Password, cost: PasswordCost) -> Result<String> {
    hash_text(&password.0, cost)
}

pub(crate) fn hash_text(text: &str, cost: PasswordCost) -> Result<String> {
    let params = params(cost)?;
    let mut salt = [0; Salt::RECOMMENDED_LENGTH];
    getrandom::fill(&mut salt).map_err(Error::internal)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(Error::internal)?,
        salt: Some(Salt::new(&salt).map_err(Error::internal)?),
        hash: Some(digest(text, &salt, params)?),
    };
    Ok(hash.to_string())
}

/// Compares a typed password with a stored hash. Without a hash it takes the same time and returns [`Verdict::Wrong`].
///
/// # Errors
/// Returns an error if the hash can't be read.
pub fn verify(typed: &str, stored: Option<&str>, cost: PasswordCost) -> Result<Verdict> {
    let Some(stored) = stored else {
        hash_text(typed, cost)?;
        return Ok(Verdict::Wrong);
    };
    let stored = PasswordHash::new(stored).map_err(Error::internal)?;
    let params = Params::try_from(&stored).map_err(Error::internal)?;
    let is_ours = stored.algorithm == Algorithm::Argon2id.ident();
    let (Some(salt), Some(expected), true) = (&stored.salt, &stored.hash, is_ours) else {
        return Err(Error::internal(
            "a password is hashed by an unknown algorithm",
        ));
    };
    // The comparison takes the same time for every hash.
    if digest(typed, salt, params.clone())? != *expected {
        return Ok(Verdict::Wrong);
    }
    let is_weak = params.m_cost() < cost.kib || params.t_cost() < cost.passes;
    Ok(match is_weak {
        true => Verdict::RightButWeak,
        false => Verdict::Right,
    })
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::PasswordHasher;

    use super::*;

    const COST: PasswordCost = PasswordCost::RECOMMENDED;

    fn refused(text: &str) -> &'static str {
        match Password::parse(text, "ana.pop@example.com", "Ana Maria Popescu") {
            Ok(_) => "accepted",
            Err(message) => message.key,
        }
    }

    #[test]
    fn fifteen_characters_of_any_kind_are_enough() {
        assert_eq!(refused("șțăîâ 🦔🦔 tramvai"), "accepted");
        assert_eq!(refused("violet tram under oak"), "accepted");
        assert_eq!(refused("  two spaces lead "), "accepted");
        assert_eq!(refused("violet tram un"), "password-short");
    }

    #[test]
    fn a_hundred_and_twenty_eight_characters_are_allowed_and_a_novel_is_not() {
        let long: String = "violet tram under oak; "
            .chars()
            .cycle()
            .take(128)
            .collect();
        assert_eq!(refused(&format!("{long}zq")), "accepted");
        assert_eq!(refused(&"plum tractor ".repeat(25)), "password-long");
    }

    #[test]
    fn common_passwords_and_what_is_made_of_them_are_refused() {
        for common in [
            "passwordpassword",
            "123456789012345",
            "qwertyuiopasdfghjkl",
            "1qaz2wsx3edc4rfv",
            "111111111111111",
            "P@ssw0rdP@ssw0rd",
            "iloveyouiloveyou",
        ] {
            assert_eq!(refused(common), "password-common", "{common}");
        }
    }

    #[test]
    fn a_persons_own_name_and_address_are_refused() {
        assert_eq!(refused("Ana.Pop@Example.com"), "password-yours");
        assert_eq!(refused("ana maria popescu"), "password-yours");
    }

    #[test]
    fn a_stored_password_is_recognised_and_no_other() {
        let stored = hash_text("violet tram under oak", COST).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let verdict = |typed| verify(typed, Some(&stored), COST).unwrap();
        assert_eq!(verdict("violet tram under oak"), Verdict::Right);
        assert_eq!(verdict("violet tram under elm"), Verdict::Wrong);
        assert_eq!(
            verify("anything at all", None, COST).unwrap(),
            Verdict::Wrong
        );
    }

    #[test]
    fn the_stored_hash_is_standard_argon2id() {
        use argon2::password_hash::PasswordVerifier;
        let stored = hash_text("violet tram under oak", COST).unwrap();
        let reference = Argon2::default();
        assert!(
            reference
                .verify_password(b"violet tram under oak", stored.as_str())
                .is_ok()
        );
    }

    #[test]
    fn a_hash_with_weaker_parameters_is_recognised() {
        let weak = Params::new(8 * 1024, 1, 1, None).unwrap();
        let stored = Argon2::new(Algorithm::Argon2id, Version::V0x13, weak)
            .hash_password(b"violet tram under oak")
            .unwrap()
            .to_string();
        let verdict = verify("violet tram under oak", Some(&stored), COST).unwrap();
        assert_eq!(verdict, Verdict::RightButWeak);
    }
}
