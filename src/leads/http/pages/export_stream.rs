//! An export as a download. The database is read on a blocking thread, no faster than the client reads.

use std::io::{self, Write};

use actix_web::HttpResponse;
use actix_web::http::header::ContentDisposition;
use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::{Sender, channel};

use crate::db::Db;
use crate::error::Error;
use crate::leads::actions::export::request::{Export, ExportError};

/// Bytes of one chunk.
const CHUNK_BYTES: usize = 64 * 1024;
/// Chunks that wait for the client.
const MAX_QUEUED_CHUNKS: usize = 4;

/// The bytes of an export. An error ends the stream, so that the client can see that it is incomplete.
fn stream(
    db: Db,
    export: Export,
    permit: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Bytes, Error>> {
    let (sender, receiver) = channel(MAX_QUEUED_CHUNKS);
    actix_web::rt::task::spawn_blocking(move || {
        let _permit = permit;
        let mut writer = ChunkWriter {
            sender: sender.clone(),
            buffer: Vec::with_capacity(CHUNK_BYTES),
        };
        let error = match export.write(&db, &mut writer) {
            Ok(()) => return,
            // The client is gone.
            Err(ExportError::Write(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => return,
            Err(ExportError::Write(cause)) => Error::internal(cause),
            Err(ExportError::Read(error)) => error,
        };
        if !error.is_corrupt() {
            tracing::error!(%error, "an export ended early");
        }
        let _ = sender.blocking_send(Err(error));
    });
    unfold(receiver, |mut receiver| async {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    })
}

/// The response that downloads an export, which holds the permit until it is read.
pub fn download(db: Db, export: Export, permit: OwnedSemaphorePermit) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(export.format.media_type())
        .insert_header(ContentDisposition::attachment(export.filename()))
        .streaming(stream(db, export, permit))
}

struct ChunkWriter {
    sender: Sender<Result<Bytes, Error>>,
    buffer: Vec<u8>,
}

impl Write for ChunkWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK_BYTES));
        let result = self.sender.blocking_send(Ok(Bytes::from(bytes)));
        result.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
