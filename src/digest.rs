//! Digests of texts, and what those of passwords take.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hex: how tokens, session keys and previews are recognised.
pub fn sha256_hex(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

/// What it takes to hash a password, by argon2id in one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    pub kib: u32,
    pub passes: u32,
}

impl PasswordCost {
    /// What OWASP asks for at least.
    pub const RECOMMENDED: PasswordCost = PasswordCost {
        kib: 19 * 1024,
        passes: 2,
    };
    /// What the algorithm asks for at least: for tests, which sign in thousands of times.
    pub const LEAST: PasswordCost = PasswordCost { kib: 8, passes: 1 };
}
