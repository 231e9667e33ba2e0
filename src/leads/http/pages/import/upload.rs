//! The file between upload and confirmation, and the meaning of its columns.

use actix_web::web;

use crate::access::PageRequest;
use crate::clock::Zone;
use crate::error::{Error, Result};
use crate::files::{ReadOptions, SourceFile};
use crate::i18n::Message;
use crate::leads::actions::import::cells::{each_row, read_titles};
use crate::leads::actions::import::request::parse_system;
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::date_format::DateFormat;
use crate::leads::domain::import_options::{DATE_FIELDS, ImportOptions, header_hash};
use crate::leads::http::views::import::{MatchValues, PendingImport};
use crate::leads::store::{import_mappings, systems};
use crate::money::DecimalMark;
use crate::records::fields::{Fields, parse_id};
use crate::records::mapping::{ColumnChoice, Mapping};
use crate::web::{ReceivedFile, StagedFile, StagedUploads};

/// The button that imports the good lines and skips the others.
pub const GOOD_LINES: &str = "good_lines";
/// The button that makes the columns without a field extra fields.
const KEEP_OTHERS: &str = "keep_others";
/// The prefix of the fields that choose a status for a name in the file.
const STATUS_NAME_PREFIX: &str = "word:";
/// Sample rows that the preview shows.
const SAMPLE_ROWS: usize = 3;

/// Opens the uploaded file, or the staged one, and maps its columns: as chosen in the form, else as this user chose for
/// such a file before, else by their titles. Without a chosen dataset, the titles also decide between leads and visits.
///
/// # Errors
/// Returns [`Error::Unreadable`] with the message for the form.
pub async fn receive(
    request: &PageRequest,
    file: Option<ReceivedFile>,
    fields: &Fields,
) -> Result<PendingImport> {
    let (owner, systems) = request
        .read(|conn, principal| Ok((principal.user_id, systems::list(conn)?)))
        .await?;
    let uploads = StagedUploads::of(request.app());
    let token = fields.text("upload").unwrap_or_default().to_owned();
    let read = ReadOptions::parse(|name| fields.text(name)).map_err(Error::Unreadable)?;
    let source = web::block(move || uploads.open(owner, file, token, |staged| open(staged, &read)));
    let (upload, (source, titles, samples)) = source.await.map_err(Error::internal)??;
    let dataset = chosen_dataset(fields).unwrap_or_else(|| Dataset::of_titles(&titles));
    let saved = SavedMapping {
        owner,
        subject: dataset.as_str(),
        hash: header_hash(&titles, source.hidden_columns()),
    };
    let (mapping, problem) = map_columns(request, dataset, &source, &titles, saved, fields).await?;
    Ok(PendingImport {
        owner,
        upload,
        dataset,
        source,
        mapping,
        problem,
        currency: fields.string("currency").trim().to_owned(),
        matching: MatchValues::read(fields, systems),
        override_reason: fields.string("override_reason"),
        samples,
    })
}

/// The mapping of the columns, and the problem if the chosen mapping is invalid.
async fn map_columns(
    request: &PageRequest,
    dataset: Dataset,
    source: &SourceFile,
    titles: &[String],
    saved: SavedMapping,
    fields: &Fields,
) -> Result<(Mapping, Option<Message>)> {
    let (set, hidden) = (dataset.field_set(), source.hidden_columns());
    // Choices for the other dataset, or another header, don't fit this file.
    let are_for_this_file =
        fields.text("instead").is_none() && fields.text("titles") == Some(&saved.hash);
    let choices = match are_for_this_file {
        true => ColumnChoice::of_form(set, fields),
        false => Ok(Vec::new()),
    };
    let choices = match choices {
        Ok(choices) => choices,
        Err(problem) => return Ok((Mapping::guess(set, titles, hidden), Some(problem))),
    };
    if choices.is_empty() {
        let stored = saved.find(request).await?;
        let mapping = match stored {
            Some(stored) => Mapping::from_json(set, titles, &stored),
            None => Mapping::guess(set, titles, hidden),
        };
        return Ok((mapping, None));
    }
    match Mapping::parse(set, titles, hidden, &choices) {
        Ok(mapping) => {
            let mapping = match fields.is_on(KEEP_OTHERS) {
                true => mapping.with_extra_columns(set, hidden),
                false => mapping,
            };
            saved.save(request, mapping.to_json()).await?;
            Ok((mapping, None))
        }
        Err(problem) => Ok((Mapping::of(set, titles, hidden, &choices), Some(problem))),
    }
}

/// The dataset that the form names.
pub fn chosen_dataset(fields: &Fields) -> Option<Dataset> {
    let name = fields.text("instead").or(fields.text("what"));
    name.and_then(Dataset::from_word)
}

/// The options in the form.
///
/// # Errors
/// Returns the message to show for an unknown format of dates or time zone.
pub fn read_options(fields: &Fields) -> Result<ImportOptions, Message> {
    let value = |name: &str| {
        let text = fields.text(name).map(str::trim);
        text.filter(|text| !text.is_empty())
    };
    let unknown = |key, text: &str| Message::new(key).with("text", text);
    let mut options = ImportOptions {
        decimal_mark: value("decimal_mark").and_then(DecimalMark::from_word),
        has_blank_words: fields.is_on("blank_words"),
        blank_erases: fields.is_on("blank_erases"),
        skips_bad_lines: fields.is_on(GOOD_LINES),
        system: parse_system(fields.text("system").unwrap_or_default())?,
        matches_email: fields.text("match") == Some("email"),
        ..ImportOptions::default()
    };
    for (name, id) in fields.texts().filter(|(_, id)| !id.is_empty()) {
        if let Some(status) = name.strip_prefix(STATUS_NAME_PREFIX) {
            let id = parse_id(id).ok_or_else(|| Message::new("lead-status-unknown"))?;
            options.status_words.insert(status.to_owned(), id);
        }
    }
    if let Some(name) = value("time_zone") {
        let zone = Zone::parse(name);
        options.zone = zone.ok_or_else(|| unknown("import-zone-unknown", name))?;
    }
    for field in DATE_FIELDS {
        if let Some(text) = value(&format!("date-{field}")) {
            let format = DateFormat::parse(text);
            let format = format.ok_or_else(|| unknown("import-date-format-unknown", text))?;
            options.date_formats.insert(field.to_owned(), format);
        }
    }
    Ok(options)
}

/// A file with its titles and the first cells of each column.
fn open(staged: &StagedFile, read: &ReadOptions) -> Result<(SourceFile, Vec<String>, Vec<String>)> {
    let (path, prefix_len, name) = (&staged.path, staged.prefix_len, &staged.filename);
    let is_title = |title: &str| Dataset::ALL.iter().any(|dataset| dataset.is_title(title));
    let source = SourceFile::open_in_place(path, prefix_len, name, read, &is_title)?;
    let titles = read_titles(&source)?;
    let mut columns = vec![Vec::new(); titles.len()];
    let mut rows = 0;
    each_row(&source, &titles, &mut |_, row| {
        if let Ok(row) = row {
            for (index, cells) in columns.iter_mut().enumerate() {
                let cell: String = row.get(index).trim().chars().take(40).collect();
                if !cell.is_empty() {
                    cells.push(cell);
                }
            }
        }
        rows += 1;
        Ok(rows < SAMPLE_ROWS)
    })?;
    let samples = columns.iter().map(|cells| cells.join(" · "));
    let samples = samples.collect();
    Ok((source, titles, samples))
}

/// The mapping that a user chose for files with one header.
#[derive(Clone)]
struct SavedMapping {
    owner: i64,
    subject: &'static str,
    hash: String,
}

impl SavedMapping {
    async fn find(&self, request: &PageRequest) -> Result<Option<String>> {
        let key = self.clone();
        let find = request
            .read(move |conn, _| import_mappings::find(conn, key.owner, key.subject, &key.hash));
        find.await
    }

    async fn save(self, request: &PageRequest, mapping: String) -> Result<()> {
        if self.find(request).await?.as_ref() == Some(&mapping) {
            return Ok(());
        }
        let now = request.app().clock.now();
        // The mapping is saved whatever becomes of the import.
        let save = request.app().db.write(move |conn| {
            import_mappings::save(conn, self.owner, self.subject, &self.hash, &mapping, now)
        });
        save.await
    }
}
