use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, web};

use crate::access::{Permission, Visitor, Who};
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::exchange::What;
use crate::leads::import::{self, Counts, Job, NewJob, Order, Survey};
use crate::leads::store::imports;
use crate::leads::views::import::{Choice, ImportPage, JobPage, PlanPage};
use crate::leads::{Currency, Rights};
use crate::web::fields::{Fields, parse_id};
use crate::web::{App, Flash, UploadForm, Uploads, html};

pub(in crate::leads) mod waiting;

use waiting::{Waiting, receive};

const LIST: &str = "/admin/leads";
const IMPORT: &str = "/admin/leads/import";
/// Files of fewer rows are written in one transaction, at once.
const AT_ONCE: usize = 2_000;

/// `GET /admin/leads/import`: the form for the file.
pub async fn new(visitor: Visitor) -> Result<HttpResponse> {
    let jobs = visitor.read(|conn, _| imports::unfinished(conn)).await?;
    choose(&visitor, StatusCode::OK, Choice::default(), jobs)
}

/// `POST /admin/leads/import`: what a file would do; with `confirm=1`, does it.
pub async fn create(visitor: Visitor, form: UploadForm) -> Result<HttpResponse> {
    let UploadForm { fields, file } = form.without_nul()?;
    let owner = visitor.read(|_, who| Ok(who.user_id)).await?;
    let word = fields.text("instead").or(fields.text("what"));
    let what: Option<What> = word.and_then(|word| word.parse().ok());
    let refused = |problem| Choice {
        what: what.unwrap_or(What::Leads),
        currency: fields.text("currency").unwrap_or_default().to_owned(),
        problem: Some(problem),
    };
    let waiting = match receive(&visitor, owner, file, &fields, what).await {
        Ok(waiting) => waiting,
        Err(Error::Unreadable(problem)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return choose(&visitor, status, refused(problem), Vec::new());
        }
        Err(error) => return Err(error),
    };
    let order = match order(&visitor, &waiting, &fields) {
        Ok(order) => order,
        Err(problem) => return preview(&visitor, waiting, None, Some(problem)),
    };
    let survey = match survey(&visitor, &order).await {
        Ok(survey) => survey,
        Err(Error::Unreadable(problem)) => return preview(&visitor, waiting, None, Some(problem)),
        Err(error) => return Err(error),
    };
    if !fields.is_on("confirm") {
        return preview(&visitor, waiting, Some(survey), None);
    }
    confirm(&visitor, waiting, Arc::new(order), survey, &fields).await
}

/// `GET /admin/leads/import/{id}`: how far a large import has come.
pub async fn show(visitor: Visitor, path: Path<String>) -> Result<HttpResponse> {
    let id = parse_id(&path).ok_or(Error::NotFound);
    let id = visitor.admit(id).await?;
    let job = visitor.read(move |conn, _| imports::find(conn, id)).await?;
    let is_under_way = !job.is_finished();
    let page = visitor.page();
    let mut answer = html(StatusCode::OK, &JobPage { page, job })?;
    if is_under_way {
        let (name, value) = (header::HeaderName::from_static("refresh"), "2");
        answer
            .headers_mut()
            .insert(name, header::HeaderValue::from_static(value));
    }
    Ok(answer)
}

fn uploads(visitor: &Visitor) -> Uploads {
    Uploads::new(&visitor.app().data_dir, &visitor.app().signer)
}

fn choose(
    visitor: &Visitor,
    status: StatusCode,
    choice: Choice,
    jobs: Vec<Job>,
) -> Result<HttpResponse> {
    let page = visitor.page();
    html(status, &ImportPage { page, choice, jobs })
}

fn order(visitor: &Visitor, waiting: &Waiting, fields: &Fields) -> Result<Order, Message> {
    waiting.mapping.check()?;
    let currency = fields.text("currency").map(str::trim).unwrap_or_default();
    let currency = (!currency.is_empty()).then(|| Currency::parse(currency));
    Ok(Order {
        source: waiting.source.clone(),
        mapping: waiting.mapping.clone(),
        currency: currency.transpose()?,
        now: visitor.app().clock.now(),
    })
}

async fn survey(visitor: &Visitor, order: &Order) -> Result<Survey> {
    let (db, order) = (visitor.app().db.clone(), order.clone());
    // A large file takes its time, which an async worker must not wait for.
    let work = move || import::survey(&db, &order, &mut |_| ());
    web::block(work).await.map_err(Error::internal)?
}

fn preview(
    visitor: &Visitor,
    waiting: Waiting,
    survey: Option<Survey>,
    problem: Option<Message>,
) -> Result<HttpResponse> {
    let is_fine = survey.as_ref().is_some_and(Survey::is_acceptable);
    let status = match &problem {
        Some(problem) if is_fine && problem.key == "lead-import-changed" => StatusCode::CONFLICT,
        None if is_fine => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = visitor.page();
    html(
        status,
        &PlanPage::of(page, waiting, survey, problem, import::MADE),
    )
}

async fn confirm(
    visitor: &Visitor,
    waiting: Waiting,
    order: Arc<Order>,
    survey: Survey,
    fields: &Fields,
) -> Result<HttpResponse> {
    let expect = fields.text("expect").unwrap_or_default();
    if !survey.is_acceptable() {
        return preview(visitor, waiting, Some(survey), None);
    }
    if let Some(told) = hindrance(&survey, expect, fields.is_on("make_statuses")) {
        return preview(visitor, waiting, Some(survey), Some(told));
    }
    let done = match survey.rows < AT_ONCE {
        true => at_once(visitor, &waiting, order.clone(), &survey).await,
        false => by_and_by(visitor, &waiting, order.clone(), &survey).await,
    };
    match done {
        Err(Error::Conflict(_)) => {
            let now = self::survey(visitor, &order).await?;
            let told = Message::new("lead-import-changed");
            preview(visitor, waiting, Some(now), Some(told))
        }
        other => other,
    }
}

/// What else stands in the way of a file without errors.
fn hindrance(survey: &Survey, expect: &str, makes_statuses: bool) -> Option<Message> {
    if expect != survey.fingerprint {
        Some(Message::new("lead-import-changed"))
    } else if survey.statuses.is_empty() {
        None
    } else {
        import::unmakeable(&survey.statuses)
            .or_else(|| (!makes_statuses).then(|| Message::new("lead-import-unmade")))
    }
}

/// The statuses that the file needs and that were confirmed with it.
fn make_statuses(conn: &mut Conn, who: &Who, actor: &Actor, names: &[String]) -> Result<()> {
    if !names.is_empty() {
        who.must(Permission::StatusesWrite)?;
    }
    import::make_statuses(conn, actor, names)
}

async fn at_once(
    visitor: &Visitor,
    waiting: &Waiting,
    order: Arc<Order>,
    survey: &Survey,
) -> Result<HttpResponse> {
    let (names, expected) = (import::to_make(&survey.statuses), survey.counts);
    let what = order.what();
    let work = visitor.write(move |conn, who| {
        let actor = who.actor(import::DOOR);
        make_statuses(conn, who, &actor, &names)?;
        let counts = import::carry_out(conn, &actor, Rights::of(who), &order, &|_| ())?;
        match counts == expected {
            true => Ok(who.user_id),
            false => Err(Error::Conflict(Message::new("lead-import-changed"))),
        }
    });
    let owner = work.await?;
    uploads(visitor).forget(owner, &waiting.upload);
    let flash = flash(&waiting.source.filename, what, expected);
    Ok(visitor.redirect(LIST, Some(flash)))
}

fn flash(filename: &str, what: What, counts: Counts) -> Flash {
    if counts.created + counts.changed == 0 {
        return Flash::ok(Message::new("import-flash-nothing"));
    }
    let key = match what {
        What::Leads => "lead-import-flash",
        What::Visits => "lead-import-flash-visits",
    };
    let message = Message::new(key)
        .with("name", filename)
        .with("created", counts.created)
        .with("changed", counts.changed)
        .with("same", counts.same);
    Flash::ok(message)
}

/// A file of many rows goes on in the background, so that others can write in between.
async fn by_and_by(
    visitor: &Visitor,
    waiting: &Waiting,
    order: Arc<Order>,
    survey: &Survey,
) -> Result<HttpResponse> {
    let (uploads, names) = (uploads(visitor), import::to_make(&survey.statuses));
    let file = uploads.claim(waiting.owner, &waiting.upload)?;
    let new = NewJob {
        what: order.what(),
        filename: waiting.source.filename.clone(),
        file: file.clone(),
        places: import::write_places(&order.mapping),
        currency: order.currency,
        started_at: order.now,
        rows: survey.rows,
    };
    let work = visitor.write(move |conn, who| {
        let actor = who.actor(import::DOOR);
        make_statuses(conn, who, &actor, &names)?;
        imports::insert(conn, &actor, &new)
    });
    let id = match work.await {
        Ok(id) => id,
        Err(error) => {
            uploads.return_claimed(waiting.owner, &waiting.upload, &file);
            return Err(error);
        }
    };
    let app = visitor.request().app_data::<Data<App>>();
    import::start(app.ok_or_else(|| Error::internal("no state"))?, id);
    Ok(visitor.redirect(&format!("{IMPORT}/{id}"), None))
}
