//! Compression of pages and JSON, in one place. A body that an attacker can add to and that holds a secret tells by its
//! length what the secret is (BREACH), so some bodies are sent as they are: those that show a secret, and answers to
//! requests that another site caused. The CSRF token, which every page holds, is masked anew in each rendering.

use std::error::Error;
use std::future::poll_fn;
use std::io::Write;
use std::mem;
use std::pin::Pin;

use actix_web::body::{BodySize, BodyStream, BoxBody, MessageBody};
use actix_web::http::header::{
    self, AcceptEncoding, ContentEncoding, Encoding, Header, HeaderMap, HeaderValue,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::Stream;
use futures_util::stream::try_unfold;

use super::{App, csrf, header_text};

/// Smaller bodies leave in one packet either way.
const MIN_BYTES: usize = 1_400;
/// The level of gzip.
const LEVEL: Compression = Compression::new(3);
/// The types of what is compressed. Assets are compressed when they are built.
const TYPES: [&str; 2] = ["text/html", "application/json"];

/// Marks a response whose body shows a secret: it is sent as it is.
pub(super) struct ShowsSecret;

/// A body as it is sent.
#[derive(Debug, Clone)]
pub struct ResponseBody {
    bytes: Bytes,
    is_compressed: bool,
}

impl ResponseBody {
    /// The body of `bytes`, compressed if the client accepts that and they are not few.
    pub fn new(bytes: Bytes, accepts_gzip: bool) -> ResponseBody {
        let compressed = (accepts_gzip && bytes.len() >= MIN_BYTES).then(|| gzip(&bytes));
        let compressed = compressed.flatten();
        ResponseBody {
            is_compressed: compressed.is_some(),
            bytes: compressed.unwrap_or(bytes),
        }
    }

    /// The number of bytes that are sent.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// 200 with this body.
    pub fn respond(&self, content_type: &'static str) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.content_type(content_type);
        if self.is_compressed {
            response.insert_header(ContentEncoding::Gzip);
        }
        response.body(self.bytes.clone())
    }
}

/// True if the answer to `req` may be compressed: the client takes gzip, and no other site has caused the request.
pub fn accepts_gzip(req: &HttpRequest, app: &App) -> bool {
    let accepted = AcceptEncoding::parse(req).ok();
    let supported = [Encoding::gzip(), Encoding::identity()];
    let encoding = accepted.and_then(|accepted| accepted.negotiate(supported.iter()));
    encoding == Some(Encoding::gzip()) && csrf::is_same_origin(req, app)
}

/// Compresses the body of a response, unless it is compressed already, small, or better sent as it is. A stream is
/// compressed chunk by chunk, so that nothing waits for the next one.
pub(super) fn compress(req: &HttpRequest, app: &App, mut response: HttpResponse) -> HttpResponse {
    if !has_compressed_type(response.headers()) {
        return response;
    }
    let vary = HeaderValue::from_static("Accept-Encoding");
    response.headers_mut().append(header::VARY, vary);
    if !is_compressible(&response) || !accepts_gzip(req, app) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let compressed = match body.try_into_bytes() {
        Ok(bytes) => match gzip(&bytes) {
            Some(bytes) => BoxBody::new(bytes),
            None => return head.set_body(BoxBody::new(bytes)),
        },
        Err(stream) => BoxBody::new(BodyStream::new(gzip_stream(stream))),
    };
    let gzip = HeaderValue::from_static("gzip");
    head.headers_mut().insert(header::CONTENT_ENCODING, gzip);
    head.set_body(compressed)
}

/// True for a body that is not compressed yet and worth it. A strong ETag names the bytes of one encoding.
fn is_compressible(response: &HttpResponse) -> bool {
    let headers = response.headers();
    let is_worth_it = match response.body().size() {
        BodySize::None => false,
        BodySize::Sized(size) => size >= MIN_BYTES as u64,
        BodySize::Stream => true,
    };
    is_worth_it
        && !headers.contains_key(header::CONTENT_ENCODING)
        && !headers.contains_key(header::ETAG)
        && response.extensions().get::<ShowsSecret>().is_none()
}

fn has_compressed_type(headers: &HeaderMap) -> bool {
    let content_type = header_text(headers, header::CONTENT_TYPE).unwrap_or_default();
    TYPES.iter().any(|kind| content_type.starts_with(kind))
}

/// The bytes as gzip; nothing if they can't be compressed.
fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), LEVEL);
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// A stream as gzip, where each chunk leaves as soon as it comes.
fn gzip_stream(body: BoxBody) -> impl Stream<Item = Result<Bytes, Box<dyn Error>>> {
    let start = (body, GzEncoder::new(Vec::new(), LEVEL));
    try_unfold(Some(start), async |state| {
        let Some((mut body, mut encoder)) = state else {
            return Ok(None);
        };
        let next = poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).await;
        let Some(chunk) = next.transpose()? else {
            return Ok(Some((encoder.finish()?.into(), None)));
        };
        encoder.write_all(&chunk)?;
        encoder.flush()?;
        let sent = mem::take(encoder.get_mut()).into();
        Ok(Some((sent, Some((body, encoder)))))
    })
}
