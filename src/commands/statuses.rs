use std::path::Path;

use crate::audit::Actor;
use crate::commands::terminal::{say, write_out};
use crate::commands::{Desk, Failure, Outcome};
use crate::config::CommandLine;
use crate::i18n::{Lang, Message};
use crate::statuses::actions::import;
use crate::statuses::actions::import::{ImportPreview, UnlistedPolicy};
use crate::statuses::actions::import_export::{
    Format, MappedFile, Mapping, PlannedRow, RowCounts, RowOutcome as Fate, StatusRef,
};
use crate::statuses::{Role, list_in_use};
use crate::web::UPLOAD_LIMIT;

/// `import statuses FILE`.
///
/// # Errors
/// [`Failure::Start`] for a mapping that is none; [`Failure::Refused`] if the file or one of its lines is.
pub async fn import(line: &CommandLine, file: &Path, dry_run: bool, map: &[String]) -> Outcome {
    let mapping = Mapping::parse(map.iter().map(String::as_str))
        .map_err(|told| Failure::Start(in_english(&told)))?;
    let parsed = read(file, &mapping)?;
    let desk = Desk::open(line).await?;
    let done = carry_out(&desk, &parsed, dry_run).await;
    desk.close().await;
    let (forecast, is_done) = done?;
    report(&parsed, &forecast)?;
    verdict(&forecast, is_done)
}

/// `export statuses`: those in use, on stdout.
///
/// # Errors
/// [`Failure::Start`] for a format that is none.
pub async fn export(line: &CommandLine, format: &str) -> Outcome {
    let format: Format = format
        .parse()
        .map_err(|told: Message| Failure::Start(in_english(&told)))?;
    let desk = Desk::open(line).await?;
    let rows = desk.db.read(list_in_use).await;
    desk.close().await;
    let bytes = crate::statuses::actions::import_export::export(format, &rows?)?;
    write_out(&bytes)
}

fn in_english(message: &Message) -> String {
    let text = message.text(Lang::En);
    match text.ends_with(['.', '!', '?']) {
        true => text,
        false => format!("{text}."),
    }
}

fn read(file: &Path, mapping: &Mapping) -> Result<MappedFile, Failure> {
    let refused = |why: String| Failure::Refused(format!("{}: {why}", file.display()));
    let size = std::fs::metadata(file).map_or(0, |found| found.len());
    if size > UPLOAD_LIMIT as u64 {
        return Err(refused("The file is larger than 64 MiB.".into()));
    }
    let bytes = std::fs::read(file).map_err(|cause| refused(format!("{cause}.")))?;
    let name = file.to_string_lossy();
    crate::statuses::actions::import_export::parse(&bytes, &name, mapping)
        .map_err(|told| refused(in_english(&told)))
}

async fn carry_out(
    desk: &Desk,
    parsed: &MappedFile,
    is_dry: bool,
) -> Result<(ImportPreview, bool), Failure> {
    let rows = parsed.rows.clone();
    if is_dry {
        let read = desk
            .db
            .read(move |conn| import::preview(conn, &rows, UnlistedPolicy::Keep));
        return Ok((read.await?, false));
    }
    let actor = Actor {
        channel: import::CHANNEL,
        ..desk.actor.clone()
    };
    let (forecast, applied) = desk
        .db
        .write(move |conn| import::run_if_acceptable(conn, &actor, &rows, UnlistedPolicy::Keep))
        .await?;
    Ok((forecast, applied.is_some()))
}

/// What became of each line, on stdout.
fn report(parsed: &MappedFile, forecast: &ImportPreview) -> Outcome {
    let word = match parsed.format {
        Format::Json => "entry",
        _ => "line",
    };
    for row in &forecast.plan.rows {
        for sentence in fate(row) {
            say(format_args!("{word} {}: {sentence}", row.line))?;
        }
    }
    let left_out = parsed.left_out();
    if !left_out.is_empty() {
        say(format_args!(
            "Left out, since they stand for no field: {}",
            plain(&left_out.join(", "))
        ))?;
    }
    for note in &parsed.notes {
        say(plain(&in_english(note)))?;
    }
    if forecast.is_acceptable() {
        if forecast.plan.is_reordered {
            say("The order of the pipeline changes.")?;
        }
        let handovers = Role::ALL
            .into_iter()
            .filter_map(|role| handover(forecast, role));
        for sentence in handovers {
            say(sentence)?;
        }
    }
    let RowCounts {
        created,
        changed,
        same,
        refused,
    } = forecast.plan.counts();
    say(format_args!(
        "{created} new, {changed} changed, {same} as they are, {refused} refused."
    ))
}

fn fate(row: &PlannedRow) -> Vec<String> {
    let name = match row.name.trim() {
        "" => "(no name)".to_owned(),
        name => plain(name),
    };
    match &row.outcome {
        Fate::Unchanged { .. } => Vec::new(),
        Fate::Create(_) => vec![format!("{name} is new.")],
        Fate::Change { changes, .. } => {
            let fields: Vec<&str> = changes.iter().map(|change| change.field).collect();
            vec![format!("{name} is changed: {}.", fields.join(", "))]
        }
        Fate::Invalid { errors } => errors
            .iter()
            .map(|(field, told)| format!("{name} is refused: {field}: {}", in_english(told)))
            .collect(),
    }
}

/// A text from a file without what a terminal would obey.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

fn handover(forecast: &ImportPreview, role: Role) -> Option<String> {
    let from = forecast.existing.iter().find(|status| status.holds(role))?;
    let to = match forecast.plan.holder(role)? {
        StatusRef::Existing(id) if id == from.id => return None,
        StatusRef::Existing(id) => forecast
            .existing
            .iter()
            .find(|status| status.id == id)?
            .name
            .to_string(),
        StatusRef::New(at) => plain(forecast.plan.rows.get(at)?.name.trim()),
    };
    Some(format!("The role {role} goes from {} to {to}.", from.name))
}

fn verdict(forecast: &ImportPreview, is_done: bool) -> Outcome {
    let refused = forecast.plan.counts().refused;
    if let Some(problem) = forecast.plan.problems.first() {
        return Err(Failure::Refused(in_english(problem)));
    }
    match (refused, is_done) {
        (0, true) if forecast.changes_nothing() => say("Everything was so already."),
        (0, true) => say("Imported."),
        (0, false) => say("Nothing was changed: this was a dry run."),
        (1, _) => Err(Failure::Refused(
            "1 line can't be accepted, so nothing was imported.".into(),
        )),
        (count, _) => {
            let told = format!("{count} lines can't be accepted, so nothing was imported.");
            Err(Failure::Refused(told))
        }
    }
}
