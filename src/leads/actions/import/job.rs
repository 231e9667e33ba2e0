//! Jobs in terms of import requests, and their author.

use std::path::Path;

use crate::audit::{Actor, ImportSummary};
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::digest::sha256_hex;
use crate::error::Result;
use crate::leads::actions::import::cells::{open_source, read_titles};
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::domain::import_job::{Job, NewJob};
use crate::records::mapping::Mapping;

/// The job for a request and the digest of its file.
pub fn new_job(request: &ImportRequest, file: &str) -> NewJob {
    let mapping = request.mapping.to_json();
    let currency = request.currency.map_or("", |currency| currency.code());
    let options = request.options.to_json();
    let mut parts = vec![file, request.dataset.as_str(), &mapping, currency, &options];
    parts.extend(request.override_reason.as_deref());
    NewJob {
        digest: sha256_hex(&parts.join("\n")),
        filename: request.source.filename.clone(),
        currency: request.currency,
        override_reason: request.override_reason.clone(),
        started_at: request.now,
        mapping,
        options: request.options.clone(),
        dataset: request.dataset,
    }
}

/// The request of a job, for its file at this path.
///
/// # Errors
/// Returns [`crate::error::Error::Unreadable`] with the message to show.
pub fn request_of(job: &Job, file: &Path) -> Result<ImportRequest> {
    let source = open_source(job.dataset, file, 0, &job.filename, &job.options.read)?;
    let titles = read_titles(&source)?;
    Ok(ImportRequest {
        dataset: job.dataset,
        mapping: Mapping::from_json(job.dataset.field_set(), &titles, &job.mapping),
        source,
        options: job.options.clone(),
        currency: job.currency,
        override_reason: job.override_reason.clone(),
        now: job.started_at,
        made_at: None,
    })
}

/// The author of the changes that a job makes now.
pub fn actor_of(job: &Job, now: Timestamp) -> Actor {
    Actor {
        user_id: job.user_id,
        token_id: None,
        name: job.actor.clone(),
        channel: Channel::Import,
        request_id: job.request_id.clone(),
        batch_id: job.batch_id,
        now,
    }
}

/// The results of a job, for the audit log.
pub fn summary_of(job: &Job) -> ImportSummary {
    let counts = job.counts;
    ImportSummary {
        dataset: job.dataset.as_str().to_owned(),
        rows: job.rows_done,
        created: counts.created as i64,
        changed: counts.changed as i64,
        same: counts.same as i64,
        in_bin: counts.in_bin as i64,
        skipped_rows: job.skipped_rows,
        ended_early: job.problem.is_some(),
    }
}
