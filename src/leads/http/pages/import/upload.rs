//! The file between upload and confirmation, and the meaning of its columns.

use actix_web::web;

use crate::access::PageRequest;
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::files::SourceFile;
use crate::leads::actions::import::cells::{each_row, read_titles};
use crate::leads::domain::dataset::Dataset;
use crate::leads::http::views::import::PendingImport;
use crate::leads::store::import_mappings;
use crate::records::fields::Fields;
use crate::records::mapping::Mapping;
use crate::web::{ReceivedFile, StagedFile, StagedUploads};

/// Sample rows that the preview shows.
const SAMPLE_ROWS: usize = 3;

/// Opens the file that was sent, or the staged one, and maps its columns: as chosen in the form, else as this user
/// chose for such a file before, else by their titles. Without a chosen dataset, the titles also decide between leads and
/// visits.
///
/// [`Error::Unreadable`] with the message for the form.
pub async fn receive(
    visitor: &PageRequest,
    file: Option<ReceivedFile>,
    fields: &Fields,
) -> Result<PendingImport> {
    let owner = visitor.read(|_, principal| Ok(principal.user_id)).await?;
    let uploads = StagedUploads::of(visitor.app());
    let token = fields.text("upload").unwrap_or_default().to_owned();
    let opened = web::block(move || uploads.open(owner, file, token, open)).await;
    let (upload, (source, titles, samples)) = opened.map_err(Error::internal)??;
    let dataset = chosen_dataset(fields).unwrap_or_else(|| Dataset::of_titles(&titles));
    let set = dataset.field_set();
    let saved = SavedMapping {
        owner,
        subject: dataset.as_str(),
        hash: header_hash(&titles, source.hidden_columns()),
    };
    let mapping = match chosen_columns(fields) {
        Some(chosen) => {
            let chosen = chosen.iter().map(|(field, at)| (field.as_str(), *at));
            let mapping = Mapping::from_columns(set, &titles, chosen);
            saved.save(visitor, mapping.to_json()).await?;
            mapping
        }
        None => match saved.find(visitor).await? {
            Some(places) => Mapping::from_json(set, &titles, &places),
            None => Mapping::guess(set, &titles, source.hidden_columns()),
        },
    };
    Ok(PendingImport {
        owner,
        upload,
        dataset,
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

/// The dataset that the form names.
pub fn chosen_dataset(fields: &Fields) -> Option<Dataset> {
    let word = fields.text("instead").or(fields.text("what"));
    word.and_then(Dataset::from_word)
}

/// A file with its titles and the first cells of each column.
fn open(staged: &StagedFile) -> Result<(SourceFile, Vec<String>, Vec<Vec<String>>)> {
    let source = SourceFile::open_in_place(&staged.path, staged.skip, &staged.filename)?;
    let titles = read_titles(&source)?;
    let mut columns = vec![Vec::new(); titles.len()];
    let mut rows = 0;
    each_row(&source, &titles, &mut |_, row| {
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
    Ok((source, titles, columns))
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

/// The mapping that a user chose for files with one header.
#[derive(Clone)]
struct SavedMapping {
    owner: i64,
    subject: &'static str,
    hash: String,
}

impl SavedMapping {
    async fn find(&self, visitor: &PageRequest) -> Result<Option<String>> {
        let key = self.clone();
        let find = visitor
            .read(move |conn, _| import_mappings::find(conn, key.owner, key.subject, &key.hash));
        find.await
    }

    async fn save(self, visitor: &PageRequest, places: String) -> Result<()> {
        if self.find(visitor).await?.as_ref() == Some(&places) {
            return Ok(());
        }
        let now = visitor.app().clock.now();
        // The choice is kept beside what the form asks for.
        let save = visitor.app().db.write(move |conn| {
            import_mappings::save(conn, self.owner, self.subject, &self.hash, &places, now)
        });
        save.await
    }
}
