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

/// The button that imports the good lines and leaves out the others.
pub const GOOD_LINES: &str = "good_lines";
/// The button that keeps the columns without a field as extra fields.
const KEEP_OTHERS: &str = "keep_others";
/// The fields that say which status a word means begin with this.
const STATUS_WORD: &str = "word:";
/// Sample rows that the preview shows.
const SAMPLE_ROWS: usize = 3;

/// Opens the file that was sent, or the staged one, and maps its columns: as chosen in the form, else as this user
/// chose for such a file before, else by their titles. Without a chosen dataset, the titles also decide between leads and
/// visits.
///
/// [`Error::Unreadable`] with the message for the form.
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
    let opened = web::block(move || uploads.open(owner, file, token, |staged| open(staged, &read)));
    let (upload, (source, titles, samples)) = opened.await.map_err(Error::internal)??;
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

/// The mapping of the columns, and what is wrong with the one that was chosen.
async fn map_columns(
    request: &PageRequest,
    dataset: Dataset,
    source: &SourceFile,
    titles: &[String],
    saved: SavedMapping,
    fields: &Fields,
) -> Result<(Mapping, Option<Message>)> {
    let (set, hidden) = (dataset.field_set(), source.hidden_columns());
    // A choice for the other dataset, or another header, says nothing about this one.
    let is_for_this =
        fields.text("instead").is_none() && fields.text("titles") == Some(&saved.hash);
    let choices = match is_for_this {
        true => ColumnChoice::of_form(set, fields),
        false => Ok(Vec::new()),
    };
    let choices = match choices {
        Ok(choices) => choices,
        Err(problem) => return Ok((Mapping::guess(set, titles, hidden), Some(problem))),
    };
    if choices.is_empty() {
        let places = saved.find(request).await?;
        let mapping = match places {
            Some(places) => Mapping::from_json(set, titles, &places),
            None => Mapping::guess(set, titles, hidden),
        };
        return Ok((mapping, None));
    }
    match Mapping::parse(set, titles, hidden, &choices) {
        Ok(mapping) => {
            let mapping = match fields.is_on(KEEP_OTHERS) {
                true => mapping.keeping_others(set, hidden),
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
    let word = fields.text("instead").or(fields.text("what"));
    word.and_then(Dataset::from_word)
}

/// What the form says about the meaning of the file.
///
/// # Errors
/// The message to show for an unknown format of dates or time zone.
pub fn chosen_options(fields: &Fields) -> Result<ImportOptions, Message> {
    let chosen = |name: &str| {
        fields
            .text(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    let unknown = |key, text: &str| Message::new(key).with("text", text);
    let mut options = ImportOptions {
        decimal_mark: chosen("decimal_mark").and_then(DecimalMark::from_word),
        has_blank_words: fields.is_on("blank_words"),
        blank_erases: fields.is_on("blank_erases"),
        skips_bad_lines: fields.is_on(GOOD_LINES),
        system: parse_system(fields.text("system").unwrap_or_default())?,
        matches_email: fields.text("match") == Some("email"),
        ..ImportOptions::default()
    };
    for (name, id) in fields.texts().filter(|(_, id)| !id.is_empty()) {
        if let Some(word) = name.strip_prefix(STATUS_WORD) {
            let id = parse_id(id).ok_or_else(|| Message::new("lead-status-unknown"))?;
            options.status_words.insert(word.to_owned(), id);
        }
    }
    if let Some(name) = chosen("time_zone") {
        let zone = Zone::parse(name);
        options.zone = zone.ok_or_else(|| unknown("import-zone-unknown", name))?;
    }
    for field in DATE_FIELDS {
        if let Some(word) = chosen(&format!("date-{field}")) {
            let format = DateFormat::parse(word);
            let format = format.ok_or_else(|| unknown("import-date-format-unknown", word))?;
            options.date_formats.insert(field.to_owned(), format);
        }
    }
    Ok(options)
}

/// A file with its titles and the first cells of each column.
fn open(staged: &StagedFile, read: &ReadOptions) -> Result<(SourceFile, Vec<String>, Vec<String>)> {
    let (path, skip, name) = (&staged.path, staged.prefix_len, &staged.filename);
    let is_title = |title: &str| Dataset::ALL.iter().any(|dataset| dataset.is_title(title));
    let source = SourceFile::open_in_place(path, skip, name, read, &is_title)?;
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

    async fn save(self, request: &PageRequest, places: String) -> Result<()> {
        if self.find(request).await?.as_ref() == Some(&places) {
            return Ok(());
        }
        let now = request.app().clock.now();
        // The choice is kept beside what the form asks for.
        let save = request.app().db.write(move |conn| {
            import_mappings::save(conn, self.owner, self.subject, &self.hash, &places, now)
        });
        save.await
    }
}
