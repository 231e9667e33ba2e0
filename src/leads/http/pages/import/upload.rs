//! The file between upload and confirmation, and the meaning of its columns.

use actix_web::web;

use crate::access::PageRequest;
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::import;
use crate::leads::actions::import::mapping::Mapping;
use crate::leads::actions::import::source::SourceFile;
use crate::leads::domain::dataset::Dataset;
use crate::leads::store::import_mappings;
use crate::records::fields::Fields;
use crate::web::{ReceivedFile, StagedUploads};

/// Sample rows that the preview shows.
const SAMPLE_ROWS: usize = 3;

/// An uploaded file that is not confirmed yet.
pub struct PendingImport {
    /// The user who uploaded it.
    pub owner: i64,
    /// The token that names the staged file.
    pub upload: String,
    pub source: SourceFile,
    pub mapping: Mapping,
    pub currency: String,
    /// The first cells of each column.
    pub samples: Vec<Vec<String>>,
}

/// Opens the file that was sent, or the staged one, and maps its columns: as chosen in the form, else as this user
/// chose for such a file before, else by their titles. Without `what`, the titles also decide between leads and visits.
///
/// [`Error::Unreadable`] with the message for the form.
pub async fn receive(
    visitor: &PageRequest,
    owner: i64,
    file: Option<ReceivedFile>,
    fields: &Fields,
    what: Option<Dataset>,
) -> Result<PendingImport> {
    let uploads = crate::leads::http::pages::import::uploads(visitor);
    let token = fields.text("upload").unwrap_or_default().to_owned();
    let opened = web::block(move || open(&uploads, owner, file, token)).await;
    let (upload, source, titles, samples) = opened.map_err(Error::internal)??;
    let what = what.unwrap_or(match Mapping::is_of_visits(&titles) {
        true => Dataset::Visits,
        false => Dataset::Leads,
    });
    let mapping = match chosen_columns(fields) {
        Some(chosen) => {
            let chosen = chosen.iter().map(|(field, at)| (field.as_str(), *at));
            let mapping = Mapping::from_columns(what, &titles, chosen);
            save_mapping(visitor, owner, &mapping, source.hidden_columns()).await?;
            mapping
        }
        None => {
            saved_or_guessed_mapping(visitor, owner, what, &titles, source.hidden_columns()).await?
        }
    };
    Ok(PendingImport {
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

type OpenedFile = (String, SourceFile, Vec<String>, Vec<Vec<String>>);

fn open(
    uploads: &StagedUploads,
    owner: i64,
    sent: Option<ReceivedFile>,
    token: String,
) -> Result<OpenedFile> {
    let is_new = sent.is_some();
    let token = match sent {
        Some(file) => uploads.stage(owner, file)?,
        None if token.is_empty() => {
            return Err(Error::Unreadable(Message::new("import-choose-file")));
        }
        None => token,
    };
    let staged = uploads.find(owner, &token)?;
    let staged = staged.ok_or_else(|| Error::Unreadable(Message::new("import-gone")))?;
    let opened = SourceFile::unpack_in_place(&staged.path, staged.skip, &staged.filename)
        .and_then(|()| SourceFile::open(&staged.path, staged.skip, &staged.filename))
        .and_then(|source| {
            let titles = source.titles()?;
            let samples = samples(&source, &titles)?;
            Ok((source, titles, samples))
        });
    match opened {
        Ok((source, titles, samples)) => Ok((token, source, titles, samples)),
        // An unreadable file is not kept.
        Err(error) => {
            if is_new {
                uploads.discard(owner, &token);
            }
            Err(error)
        }
    }
}

fn samples(source: &SourceFile, titles: &[String]) -> Result<Vec<Vec<String>>> {
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
        Ok(rows < SAMPLE_ROWS)
    })?;
    Ok(columns)
}

/// For each field the index of the column chosen on the preview; `None` without a choice.
fn chosen_columns(fields: &Fields) -> Option<Vec<(String, usize)>> {
    if fields.text("instead").is_some() {
        // The choice was made for the other dataset.
        return None;
    }
    let mut is_chosen = false;
    let mut columns = Vec::new();
    for (name, place) in fields.texts() {
        if let Some(field) = name.strip_prefix("field-") {
            is_chosen = true;
            columns.extend(place.parse().ok().map(|at| (field.to_owned(), at)));
        }
    }
    is_chosen.then_some(columns)
}

/// A hash of the header; other hidden columns give another hash.
fn header_hash(titles: &[String], hidden: &[usize]) -> String {
    let hidden = hidden.iter().map(|at| format!("\u{1e}{at}"));
    sha256_hex(&(titles.join("\u{1f}") + &hidden.collect::<String>()))
}

async fn save_mapping(
    visitor: &PageRequest,
    owner: i64,
    mapping: &Mapping,
    hidden: &[usize],
) -> Result<()> {
    let subject = mapping.dataset.as_str();
    let hash = header_hash(mapping.titles(), hidden);
    let (places, now) = (
        import::job::serialize_mapping(mapping),
        visitor.app().clock.now(),
    );
    let hash_copy = hash.clone();
    let before = visitor
        .read(move |conn, _| import_mappings::find(conn, owner, subject, &hash_copy))
        .await?;
    if before.as_ref() == Some(&places) {
        return Ok(());
    }
    visitor
        .write(move |conn, _| import_mappings::save(conn, owner, subject, &hash, &places, now))
        .await
}

async fn saved_or_guessed_mapping(
    visitor: &PageRequest,
    owner: i64,
    what: Dataset,
    titles: &[String],
    hidden: &[usize],
) -> Result<Mapping> {
    let (subject, hash) = (what.as_str(), header_hash(titles, hidden));
    let places = visitor
        .read(move |conn, _| import_mappings::find(conn, owner, subject, &hash))
        .await?;
    Ok(match places {
        Some(places) => import::job::parse_mapping(what, titles, &places),
        None => Mapping::guess(what, titles, hidden),
    })
}
