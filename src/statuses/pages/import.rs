use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::LIST;
use crate::access::Visitor;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::exchange::{Mapping, Row, Sheet};
use crate::statuses::import::{self, Applied, Others};
use crate::statuses::views::exchange::{ImportPage, PlanPage, Source};
use crate::statuses::views::plan::PlanView;
use crate::web::fields::Fields;
use crate::web::{Flash, Received, UploadForm, Uploads, html};

/// A file that was read and waits for its confirmation.
struct Waiting {
    upload: String,
    filename: String,
    sheet: Sheet,
}

/// `GET /admin/leads/statuses/import`: the form for the file.
pub async fn new(visitor: Visitor) -> Result<HttpResponse> {
    visitor.read(|_, _| Ok(())).await?;
    choose(&visitor, StatusCode::OK, None)
}

/// `POST /admin/leads/statuses/import`: what a file would do; with `confirm=1`, does it.
pub async fn create(visitor: Visitor, form: UploadForm) -> Result<HttpResponse> {
    let UploadForm { fields, file } = form.without_nul()?;
    let owner = visitor.read(|_, who| Ok(who.user_id)).await?;
    let waiting = match receive(&visitor, owner, file, &fields).await? {
        Ok(waiting) => waiting,
        Err(problem) => {
            return choose(&visitor, StatusCode::UNPROCESSABLE_ENTITY, Some(problem));
        }
    };
    let mapping = match mapping(&fields) {
        Ok(mapping) => mapping,
        Err(problem) => {
            return without_plan(&visitor, waiting, &Mapping::default(), problem);
        }
    };
    let rows = match waiting.sheet.clone().resolve(&mapping) {
        Ok(parsed) => parsed.rows,
        Err(problem) => return without_plan(&visitor, waiting, &mapping, problem),
    };
    if !fields.is_on("confirm") {
        return preview(&visitor, waiting, &mapping, rows, None).await;
    }
    match carry_out(&visitor, &rows, &fields).await {
        Ok((applied, batch)) => {
            uploads(&visitor).forget(owner, &waiting.upload);
            Ok(visitor.redirect(LIST, Some(flash(&waiting.filename, applied, batch))))
        }
        Err(Error::Conflict(why)) => preview(&visitor, waiting, &mapping, rows, Some(why)).await,
        Err(error) => Err(error),
    }
}

fn uploads(visitor: &Visitor) -> Uploads {
    Uploads::new(&visitor.app().data_dir, &visitor.app().signer)
}

/// The file that was sent, or the one that waits; or why there is none to be read.
async fn receive(
    visitor: &Visitor,
    owner: i64,
    sent: Option<Received>,
    fields: &Fields,
) -> Result<Result<Waiting, Message>> {
    let uploads = uploads(visitor);
    let word = fields.text("upload").unwrap_or_default().to_owned();
    let read = move || match sent {
        Some(file) => {
            let word = uploads.keep(owner, file)?;
            let read = open(&uploads, owner, &word)?;
            // A file that can't be read need not wait.
            if read.is_err() {
                uploads.forget(owner, &word);
            }
            Ok(read)
        }
        None if word.is_empty() => Ok(Err(Message::new("import-choose-file"))),
        None => open(&uploads, owner, &word),
    };
    // A large file takes its time, which an async worker must not wait for.
    actix_web::web::block(read).await.map_err(Error::internal)?
}

/// Reads a file that waits.
fn open(uploads: &Uploads, owner: i64, word: &str) -> Result<Result<Waiting, Message>> {
    let Some((filename, bytes)) = uploads.read(owner, word)? else {
        return Ok(Err(Message::new("import-gone")));
    };
    Ok(Sheet::read(&bytes, &filename).map(|sheet| Waiting {
        upload: word.to_owned(),
        filename,
        sheet,
    }))
}

/// What the columns stand for, as chosen on the preview.
fn mapping(fields: &Fields) -> Result<Mapping, Message> {
    let mut mapping = Mapping::default();
    for (name, field) in fields.texts() {
        if let Some(at) = name.strip_prefix("map-").and_then(|at| at.parse().ok()) {
            mapping = mapping.with_at(at, field)?;
        }
    }
    Ok(mapping)
}

fn choose(visitor: &Visitor, status: StatusCode, problem: Option<Message>) -> Result<HttpResponse> {
    let page = visitor.page();
    html(status, &ImportPage { page, problem })
}

fn source(waiting: Waiting, mapping: &Mapping) -> Source {
    Source::File {
        filename: waiting.filename,
        upload: waiting.upload,
        format: waiting.sheet.format,
        columns: waiting.sheet.columns(mapping),
        notes: waiting.sheet.told(),
    }
}

/// The columns alone, where they make no sense yet.
fn without_plan(
    visitor: &Visitor,
    waiting: Waiting,
    mapping: &Mapping,
    problem: Message,
) -> Result<HttpResponse> {
    let view = PlanPage {
        page: visitor.page(),
        source: source(waiting, mapping),
        plan: None,
        problem: Some(problem),
    };
    html(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

async fn preview(
    visitor: &Visitor,
    waiting: Waiting,
    mapping: &Mapping,
    rows: Vec<Row>,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let forecast = visitor
        .read(move |conn, _| import::forecast(conn, &rows, Others::Keep))
        .await?;
    let status = match &why {
        _ if !forecast.is_acceptable() => StatusCode::UNPROCESSABLE_ENTITY,
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let page = visitor.page();
    let view = PlanPage {
        source: source(waiting, mapping),
        plan: Some(PlanView::of(&forecast, page.lang)),
        problem: why.filter(|_| status == StatusCode::CONFLICT),
        page,
    };
    html(status, &view)
}

async fn carry_out(visitor: &Visitor, rows: &[Row], fields: &Fields) -> Result<(Applied, i64)> {
    let rows = rows.to_vec();
    let expect = fields.text("expect").map(str::to_owned);
    let work = visitor.write(move |conn, who| {
        let actor = who.actor(import::DOOR);
        let applied = import::import(conn, &actor, &rows, Others::Keep, expect.as_deref())?;
        Ok((applied, who.batch_id))
    });
    work.await
}

fn flash(filename: &str, applied: Applied, batch: i64) -> Flash {
    if applied.is_nothing() {
        return Flash::ok(Message::new("import-flash-nothing"));
    }
    let message = Message::new("import-flash")
        .with("name", filename)
        .with("created", applied.counts.created)
        .with("changed", applied.counts.changed);
    Flash::ok(message).with_batch(batch)
}
