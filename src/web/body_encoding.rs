//! Compressed bodies.

use std::io::Read;

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Bytes;
use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::error::{Error, Result};
use crate::i18n::Message;

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyEncoding {
    Identity,
    Gzip,
    Deflate,
}

impl BodyEncoding {
    /// The encoding of the body of a request.
    ///
    /// # Errors
    /// [`Error::MediaType`] for another one, and for several.
    pub(super) fn of(req: &HttpRequest) -> Result<BodyEncoding> {
        let mut encoding = BodyEncoding::Identity;
        for value in req.headers().get_all(header::CONTENT_ENCODING) {
            let word = value.to_str().unwrap_or_default().trim();
            encoding = match word.to_ascii_lowercase().as_str() {
                _ if encoding != BodyEncoding::Identity => return Err(Error::MediaType),
                "identity" | "" => BodyEncoding::Identity,
                "gzip" | "x-gzip" => BodyEncoding::Gzip,
                "deflate" => BodyEncoding::Deflate,
                _ => return Err(Error::MediaType),
            };
        }
        Ok(encoding)
    }

    /// Refuses any compression: a file that is uploaded is read while it arrives.
    ///
    /// # Errors
    /// [`Error::MediaType`].
    pub(super) fn require_none(self) -> Result<()> {
        match self {
            BodyEncoding::Identity => Ok(()),
            _ => Err(Error::MediaType),
        }
    }

    /// The body without its compression.
    ///
    /// # Errors
    /// [`Error::TooLarge`] if that is more than `limit` bytes; [`Error::Unreadable`] if it is not compressed so.
    pub(super) fn decode(self, body: Bytes, limit: usize) -> Result<Bytes> {
        match self {
            BodyEncoding::Identity => Ok(body),
            BodyEncoding::Gzip => read_at_most(MultiGzDecoder::new(&body[..]), limit),
            BodyEncoding::Deflate => read_at_most(ZlibDecoder::new(&body[..]), limit),
        }
    }
}

fn read_at_most(decoder: impl Read, limit: usize) -> Result<Bytes> {
    let mut bytes = Vec::new();
    let read = decoder.take(limit as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|_| Error::Unreadable(Message::new("error-body-compression")))?;
    match bytes.len() > limit {
        true => Err(Error::TooLarge),
        false => Ok(bytes.into()),
    }
}
