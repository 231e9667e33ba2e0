//! The file between upload and confirmation, and what its columns stand for.

use actix_web::web;

use crate::access::Visitor;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::exchange::What;
use crate::leads::import::{self, Mapping, Source};
use crate::leads::store::import_mappings;
use crate::web::fields::Fields;
use crate::web::{Received, Uploads, sha256_hex};

/// Rows that are shown beside the columns.
const SAMPLES: usize = 3;

/// A file that was received and waits for its confirmation.
pub struct Waiting {
    /// Whose it is.
    pub owner: i64,
    /// The word under which it waits.
    pub upload: String,
    pub source: Source,
    pub mapping: Mapping,
    pub currency: String,
    /// The first cells of each column.
    pub samples: Vec<Vec<String>>,
}

/// The file that was sent, or the one that waits, with what its columns stand for: as was chosen now, else as this
/// person chose for such a file before, else as the titles say. They also say what it holds, if nobody did.
///
/// # Errors
/// [`Error::Unreadable`] with the sentence to show at the form.
pub async fn receive(
    visitor: &Visitor,
    owner: i64,
    file: Option<Received>,
    fields: &Fields,
    what: Option<What>,
) -> Result<Waiting> {
    let uploads = super::uploads(visitor);
    let word = fields.text("upload").unwrap_or_default().to_owned();
    let opened = web::block(move || open(&uploads, owner, file, word)).await;
    let (upload, source, titles, samples) = opened.map_err(Error::internal)??;
    let what = what.unwrap_or(match Mapping::is_of_visits(&titles) {
        true => What::Visits,
        false => What::Leads,
    });
    let mapping = match chosen(fields) {
        Some(chosen) => {
            let chosen = chosen.iter().map(|(field, at)| (field.as_str(), *at));
            let mapping = Mapping::chosen(what, &titles, chosen);
            remember(visitor, owner, &mapping, source.hidden()).await?;
            mapping
        }
        None => remembered(visitor, owner, what, &titles, source.hidden()).await?,
    };
    Ok(Waiting {
        owner,
        upload,
        source,
        mapping,
        currency: fields
            .text("currency")
            .unwrap_or_default()
            .trim()
            .to_owned(),
        samples,
    })
}

type Opened = (String, Source, Vec<String>, Vec<Vec<String>>);

fn open(uploads: &Uploads, owner: i64, sent: Option<Received>, word: String) -> Result<Opened> {
    let is_new = sent.is_some();
    let word = match sent {
        Some(file) => uploads.keep(owner, file)?,
        None if word.is_empty() => {
            return Err(Error::Unreadable(Message::new("import-choose-file")));
        }
        None => word,
    };
    let kept = uploads.find(owner, &word)?;
    let kept = kept.ok_or_else(|| Error::Unreadable(Message::new("import-gone")))?;
    let read = Source::settle(&kept.path, kept.skip, &kept.filename)
        .and_then(|()| Source::open(&kept.path, kept.skip, &kept.filename))
        .and_then(|source| {
            let titles = source.titles()?;
            let samples = samples(&source, &titles)?;
            Ok((source, titles, samples))
        });
    match read {
        Ok((source, titles, samples)) => Ok((word, source, titles, samples)),
        // A file that can't be read need not wait.
        Err(error) => {
            if is_new {
                uploads.forget(owner, &word);
            }
            Err(error)
        }
    }
}

fn samples(source: &Source, titles: &[String]) -> Result<Vec<Vec<String>>> {
    let mut columns = vec![Vec::new(); titles.len()];
    let mut rows = 0;
    source.rows(titles, &mut |_, row| {
        if let Ok(row) = row {
            for (at, column) in columns.iter_mut().enumerate() {
                let cell: String = row.get(at).trim().chars().take(40).collect();
                if !cell.is_empty() {
                    column.push(cell);
                }
            }
        }
        rows += 1;
        Ok(rows < SAMPLES)
    })?;
    Ok(columns)
}

/// What was chosen on the preview: field by field the place of its column. Nothing if there was no choice.
fn chosen(fields: &Fields) -> Option<Vec<(String, usize)>> {
    if fields.text("instead").is_some() {
        // What was chosen was chosen for something else.
        return None;
    }
    let mut is_chosen = false;
    let mut found = Vec::new();
    for (name, place) in fields.texts() {
        if let Some(field) = name.strip_prefix("field-") {
            is_chosen = true;
            found.extend(place.parse().ok().map(|at| (field.to_owned(), at)));
        }
    }
    is_chosen.then_some(found)
}

/// A word for a header: one with other columns hidden is another.
fn header_hash(titles: &[String], hidden: &[usize]) -> String {
    let hidden = hidden.iter().map(|at| format!("\u{1e}{at}"));
    sha256_hex(&(titles.join("\u{1f}") + &hidden.collect::<String>()))
}

async fn remember(
    visitor: &Visitor,
    owner: i64,
    mapping: &Mapping,
    hidden: &[usize],
) -> Result<()> {
    let subject = mapping.what.as_str();
    let hash = header_hash(mapping.titles(), hidden);
    let (places, now) = (import::write_places(mapping), visitor.app().clock.now());
    let known = hash.clone();
    let before = visitor
        .read(move |conn, _| import_mappings::remembered(conn, owner, subject, &known))
        .await?;
    if before.as_ref() == Some(&places) {
        return Ok(());
    }
    visitor
        .write(move |conn, _| import_mappings::remember(conn, owner, subject, &hash, &places, now))
        .await
}

async fn remembered(
    visitor: &Visitor,
    owner: i64,
    what: What,
    titles: &[String],
    hidden: &[usize],
) -> Result<Mapping> {
    let (subject, hash) = (what.as_str(), header_hash(titles, hidden));
    let places = visitor
        .read(move |conn, _| import_mappings::remembered(conn, owner, subject, &hash))
        .await?;
    Ok(match places {
        Some(places) => import::read_places(what, titles, &places),
        None => Mapping::guess(what, titles, hidden),
    })
}
