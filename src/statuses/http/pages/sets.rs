//! The pages of standard sets: choosing one, its preview, and applying it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::records::fields::Fields;
use crate::statuses::actions::import;
use crate::statuses::actions::import::{ImportResult, UnlistedPolicy};
use crate::statuses::domain::sets::StandardSet;
use crate::statuses::http::pages::LIST;
use crate::statuses::http::views::import::{PlanPage, SetCard, SetsPage, Source};
use crate::statuses::http::views::plan::{Badge, PlanView};
use crate::web::{Flash, Form, html};

/// The chosen set, its language, and what happens to the other statuses.
#[derive(Debug, Clone, Copy)]
struct SetRequest {
    set: StandardSet,
    lang: Lang,
    others: UnlistedPolicy,
}

impl SetRequest {
    /// Reads the form; nothing if it names no set.
    fn read(fields: &Fields, default_lang: Lang) -> Option<SetRequest> {
        let lang = fields.text("lang").and_then(Lang::from_tag);
        Some(SetRequest {
            set: fields.text("set")?.parse().ok()?,
            lang: lang.unwrap_or(default_lang),
            others: match fields.is_on("archive") {
                true => UnlistedPolicy::Archive,
                false => UnlistedPolicy::Keep,
            },
        })
    }
}

/// `GET /admin/leads/statuses/sets`: the sets to choose from.
pub async fn list(visitor: PageRequest) -> Result<HttpResponse> {
    visitor.read(|_, _| Ok(())).await?;
    set_form(&visitor, StatusCode::OK, None)
}

/// `POST /admin/leads/statuses/sets`: previews a set; with `confirm=1`, applies it.
pub async fn create(visitor: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    visitor.read(|_, _| Ok(())).await?;
    let Some(request) = SetRequest::read(&fields, visitor.page().lang) else {
        let problem = Message::new("sets-choose");
        return set_form(&visitor, StatusCode::UNPROCESSABLE_ENTITY, Some(problem));
    };
    if !fields.is_on("confirm") {
        return preview(&visitor, request, None).await;
    }
    let expect = fields.text("expect").map(str::to_owned);
    let done = visitor.write(move |conn, who| {
        let (actor, rows) = (who.actor(import::CHANNEL), request.set.rows(request.lang)?);
        let applied = import::run(conn, &actor, &rows, request.others, expect.as_deref())?;
        Ok((applied, who.batch_id))
    });
    match done.await {
        Ok((applied, batch)) => {
            let name = visitor.page().t(request.set.key());
            Ok(visitor.redirect(LIST, Some(flash(name, applied, batch))))
        }
        Err(Error::Conflict(why)) => preview(&visitor, request, Some(why)).await,
        Err(error) => Err(error),
    }
}

fn set_form(
    visitor: &PageRequest,
    status: StatusCode,
    problem: Option<Message>,
) -> Result<HttpResponse> {
    let page = visitor.page();
    let cards = StandardSet::ALL.into_iter().map(|set| {
        let statuses = set.statuses(page.lang)?;
        let badges = statuses
            .iter()
            .map(|status| Badge::of(&status.fields, false));
        Ok(SetCard {
            set,
            badges: badges.collect(),
        })
    });
    let view = SetsPage {
        sets: cards.collect::<Result<_>>()?,
        problem,
        page,
    };
    html(status, &view)
}

async fn preview(
    visitor: &PageRequest,
    request: SetRequest,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let forecast = visitor
        .read(move |conn, _| {
            import::preview(conn, &request.set.rows(request.lang)?, request.others)
        })
        .await?;
    let status = match &why {
        _ if !forecast.is_acceptable() => StatusCode::UNPROCESSABLE_ENTITY,
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let page = visitor.page();
    let view = PlanPage {
        source: Source::Set {
            set: request.set,
            lang: request.lang,
            archives: request.others == UnlistedPolicy::Archive,
        },
        plan: Some(PlanView::of(&forecast, page.lang)),
        problem: why.filter(|_| status == StatusCode::CONFLICT),
        page,
    };
    html(status, &view)
}

fn flash(name: &str, applied: ImportResult, batch: i64) -> Flash {
    if applied.is_empty() {
        return Flash::ok(Message::new("import-flash-nothing"));
    }
    let message = Message::new("sets-flash")
        .with("name", name)
        .with("created", applied.counts.created)
        .with("changed", applied.counts.changed)
        .with("archived", applied.archived);
    Flash::ok(message).with_batch(batch)
}
