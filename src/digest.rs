//! Digests of texts.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hex: how tokens, session keys and previews are recognised.
pub fn sha256_hex(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}
