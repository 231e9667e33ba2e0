//! The commands that import and export statuses.

use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::audit::Actor;
use crate::channel::Channel;
use crate::commands::context::CommandContext;
use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::{
    in_english, noun_of_rows, parse_format, refused_lines, say, without_control, write_out,
};
use crate::config::{CommandLine, ReadArguments};
use crate::db::Conn;
use crate::error::Error;
use crate::files::{BlankCells, ReadOptions};
use crate::i18n::Lang;
use crate::records::mapping::ColumnChoice;
use crate::statuses::actions::import;
use crate::statuses::actions::import::{ImportPreview, UnlistedPolicy};
use crate::statuses::actions::import_export::export;
use crate::statuses::actions::import_export::plan::{PlannedRow, RowCounts, RowOutcome, StatusRef};
use crate::statuses::actions::import_export::status_file::{FILE_FIELDS, MappedFile, StatusFile};
use crate::statuses::{Role, list_all, list_in_use};
use crate::web::UPLOAD_LIMIT;

/// `import statuses FILE`.
///
/// # Errors
/// Returns [`Failure::Start`] for an invalid mapping; [`Failure::Refused`] if the file or one of its lines is refused.
pub async fn import(
    line: &CommandLine,
    file: &Path,
    dry_run: bool,
    map: &[String],
    read: &ReadArguments,
) -> Outcome {
    let choices = ColumnChoice::parse_all(&FILE_FIELDS, map);
    let choices = choices.map_err(|message| Failure::Start(in_english(&message)))?;
    let path = file;
    let (file, mapped) = read_file(path, &choices, read)?;
    let context = CommandContext::open(line).await?;
    let name = path.to_string_lossy().into_owned();
    let result = apply(&context, &mapped, dry_run, name).await;
    context.close().await;
    let (preview, is_done) = result?;
    report(&file, &mapped, &preview)?;
    verdict(&preview, is_done)
}

/// `export statuses`: those in use, on stdout.
///
/// # Errors
/// Returns [`Failure::Start`] for an unknown format.
pub async fn export(line: &CommandLine, format: &str) -> Outcome {
    let format = parse_format(format)?;
    let context = CommandContext::open(line).await?;
    let read = |conn: &mut Conn| Ok((list_in_use(conn)?, export::slugs_of(&list_all(conn)?)));
    let read = context.db.read(read).await;
    context.close().await;
    let (rows, slugs) = read?;
    let bytes = export::export(format, &rows, &slugs)?;
    write_out(&bytes)
}

fn read_file(
    path: &Path,
    choices: &[ColumnChoice],
    read: &ReadArguments,
) -> Result<(StatusFile, MappedFile), Failure> {
    let options = ReadOptions::parse(|name| read.text(name));
    let options = options.map_err(|message| Failure::Start(in_english(&message)))?;
    let refused = |why: String| Failure::Refused(format!("{}: {why}", path.display()));
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size > UPLOAD_LIMIT as u64 {
        return Err(refused("The file is larger than 64 MiB.".into()));
    }
    // A pipe can be read only once, and a source is read several times.
    let bytes = std::fs::read(path).map_err(|cause| refused(format!("{cause}.")))?;
    let mut copy = NamedTempFile::new()?;
    copy.write_all(&bytes)?;
    let file = StatusFile::open(copy.path(), &path.to_string_lossy(), &options);
    let file = file.map_err(|error| match error {
        Error::Unreadable(message) => refused(in_english(&message)),
        other => other.into(),
    })?;
    let blanks = BlankCells {
        should_erase: read.blank_erases,
        has_blank_words: read.blank_words,
    };
    let mapped = file.map_columns(choices, blanks);
    let mapped = mapped.map_err(|message| refused(in_english(&message)))?;
    Ok((file, mapped))
}

async fn apply(
    context: &CommandContext,
    mapped: &MappedFile,
    is_dry_run: bool,
    filename: String,
) -> Result<(ImportPreview, bool), Failure> {
    let rows = mapped.rows.clone();
    if is_dry_run {
        let read = context
            .db
            .read(move |conn| import::preview(conn, &rows, UnlistedPolicy::Keep));
        return Ok((read.await?, false));
    }
    let actor = Actor {
        channel: Channel::Import,
        ..context.actor.clone()
    };
    let (preview, applied) = context
        .db
        .write(move |conn| {
            let policy = UnlistedPolicy::Keep;
            let (preview, result) = import::run_if_acceptable(conn, &actor, &rows, policy)?;
            if let Some(result) = &result {
                import::record_file(conn, &actor, &filename, result)?;
            }
            Ok((preview, result))
        })
        .await?;
    Ok((preview, applied.is_some()))
}

/// Prints what each line changes.
fn report(file: &StatusFile, mapped: &MappedFile, preview: &ImportPreview) -> Outcome {
    let word = noun_of_rows(file.format());
    for row in &preview.plan.rows {
        for sentence in changes_of(row) {
            say(format_args!("{word} {}: {sentence}", row.line))?;
        }
    }
    let unmapped = mapped
        .mapping
        .unmapped_titles(Lang::En, &file.reading().untitled);
    if !unmapped.is_empty() {
        say(format_args!(
            "Not imported: {}",
            without_control(&unmapped.join(", "))
        ))?;
    }
    for note in file.notes() {
        say(without_control(&in_english(&note)))?;
    }
    if preview.is_acceptable() {
        if preview.plan.is_reordered {
            say("The pipeline order changes.")?;
        }
        let role_changes = Role::ALL
            .into_iter()
            .filter_map(|role| role_change(preview, role));
        for sentence in role_changes {
            say(sentence)?;
        }
    }
    let RowCounts {
        created,
        changed,
        same,
        refused,
    } = preview.plan.counts();
    say(format_args!(
        "{created} new, {changed} changed, {same} unchanged, {refused} refused."
    ))
}

fn changes_of(row: &PlannedRow) -> Vec<String> {
    let name = match row.name.trim() {
        "" => "(no name)".to_owned(),
        name => without_control(name),
    };
    match &row.outcome {
        RowOutcome::Unchanged { .. } => Vec::new(),
        RowOutcome::Create(_) => vec![format!("{name} is new.")],
        RowOutcome::Change { changes, .. } => {
            let fields: Vec<&str> = changes.iter().map(|change| change.field).collect();
            vec![format!("{name} is changed: {}.", fields.join(", "))]
        }
        RowOutcome::Invalid { errors } => errors
            .iter()
            .map(|(field, message)| format!("{name} is refused: {field}: {}", in_english(message)))
            .collect(),
    }
}

fn role_change(preview: &ImportPreview, role: Role) -> Option<String> {
    let from = preview.existing.iter().find(|status| status.holds(role))?;
    let to = match preview.plan.holder(role)? {
        StatusRef::Existing(id) if id == from.id => return None,
        StatusRef::Existing(id) => preview
            .existing
            .iter()
            .find(|status| status.id == id)?
            .name
            .to_string(),
        StatusRef::New(index) => without_control(preview.plan.rows.get(index)?.name.trim()),
    };
    Some(format!("The role {role} goes from {} to {to}.", from.name))
}

fn verdict(preview: &ImportPreview, is_done: bool) -> Outcome {
    let refused = preview.plan.counts().refused;
    if let Some(problem) = preview.plan.problems.first() {
        return Err(Failure::Refused(in_english(problem)));
    }
    match (refused, is_done) {
        (0, true) if preview.changes_nothing() => say("No changes."),
        (0, true) => say("Imported."),
        (0, false) => say("Nothing was changed: this was a dry run."),
        (count, _) => Err(refused_lines(count)),
    }
}
