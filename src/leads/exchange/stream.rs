//! An export as a download: the database is read off the async workers, and no faster than the reader reads.

use std::io::{self, Write};

use actix_web::HttpResponse;
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::mpsc::{Sender, channel};

use super::{Export, Failed};
use crate::db::Db;
use crate::error::Error;

/// Bytes that travel together.
const CHUNK: usize = 64 * 1024;
/// Chunks that wait for the reader.
const WAITING: usize = 4;

/// The bytes of an export as they come. An error in the middle ends it, so that nobody takes a part for the whole.
pub fn stream(db: Db, export: Export) -> impl Stream<Item = Result<Bytes, Error>> {
    let (sender, receiver) = channel(WAITING);
    actix_web::rt::task::spawn_blocking(move || {
        let mut sink = Sink {
            sender: sender.clone(),
            buffer: Vec::with_capacity(CHUNK),
        };
        let ended = match export.write(&db, &mut sink) {
            Ok(()) => return,
            // The reader has gone.
            Err(Failed::Write(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => return,
            Err(Failed::Write(cause)) => Error::internal(cause),
            Err(Failed::Read(error)) => error,
        };
        if !ended.is_corrupt() {
            tracing::error!(error = %ended, "an export ended early");
        }
        let _ = sender.blocking_send(Err(ended));
    });
    unfold(receiver, |mut receiver| async {
        let next = receiver.recv().await?;
        Some((next, receiver))
    })
}

/// An export as a file to be saved.
pub fn file(db: Db, export: Export) -> HttpResponse {
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(export.filename())],
    };
    HttpResponse::Ok()
        .content_type(export.format.media_type())
        .insert_header(disposition)
        .streaming(stream(db, export))
}

struct Sink {
    sender: Sender<Result<Bytes, Error>>,
    buffer: Vec<u8>,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK));
        let sent = self.sender.blocking_send(Ok(Bytes::from(bytes)));
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
