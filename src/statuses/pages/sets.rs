use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::LIST;
use crate::access::Visitor;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::statuses::StandardSet;
use crate::statuses::import::{self, Applied, Others};
use crate::statuses::views::exchange::{PlanPage, SetCard, SetsPage, Source};
use crate::statuses::views::plan::{Badge, PlanView};
use crate::web::fields::Fields;
use crate::web::{Flash, Form, html};

/// Which set, in which language, and what becomes of the other statuses.
#[derive(Debug, Clone, Copy)]
struct Asked {
    set: StandardSet,
    lang: Lang,
    others: Others,
}

impl Asked {
    /// What the form asks for; nothing if it names no set.
    fn read(fields: &Fields, page: Lang) -> Option<Asked> {
        let lang = fields.text("lang").and_then(Lang::from_tag);
        Some(Asked {
            set: fields.text("set")?.parse().ok()?,
            lang: lang.unwrap_or(page),
            others: match fields.is_on("archive") {
                true => Others::Archive,
                false => Others::Keep,
            },
        })
    }
}

/// `GET /admin/leads/statuses/sets`: the sets to choose from.
pub async fn list(visitor: Visitor) -> Result<HttpResponse> {
    visitor.read(|_, _| Ok(())).await?;
    choose(&visitor, StatusCode::OK, None)
}

/// `POST /admin/leads/statuses/sets`: what a set would do; with `confirm=1`, does it.
pub async fn create(visitor: Visitor, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    visitor.read(|_, _| Ok(())).await?;
    let Some(asked) = Asked::read(&fields, visitor.page().lang) else {
        let problem = Message::new("sets-choose");
        return choose(&visitor, StatusCode::UNPROCESSABLE_ENTITY, Some(problem));
    };
    if !fields.is_on("confirm") {
        return preview(&visitor, asked, None).await;
    }
    let expect = fields.text("expect").map(str::to_owned);
    let done = visitor.write(move |conn, who| {
        let (actor, rows) = (who.actor(import::DOOR), asked.set.rows(asked.lang)?);
        let applied = import::import(conn, &actor, &rows, asked.others, expect.as_deref())?;
        Ok((applied, who.batch_id))
    });
    match done.await {
        Ok((applied, batch)) => {
            let name = visitor.page().t(asked.set.key());
            Ok(visitor.redirect(LIST, Some(flash(name, applied, batch))))
        }
        Err(Error::Conflict(why)) => preview(&visitor, asked, Some(why)).await,
        Err(error) => Err(error),
    }
}

fn choose(visitor: &Visitor, status: StatusCode, problem: Option<Message>) -> Result<HttpResponse> {
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

async fn preview(visitor: &Visitor, asked: Asked, why: Option<Message>) -> Result<HttpResponse> {
    let forecast = visitor
        .read(move |conn, _| import::forecast(conn, &asked.set.rows(asked.lang)?, asked.others))
        .await?;
    let status = match &why {
        _ if !forecast.is_acceptable() => StatusCode::UNPROCESSABLE_ENTITY,
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let page = visitor.page();
    let view = PlanPage {
        source: Source::Set {
            set: asked.set,
            lang: asked.lang,
            archives: asked.others == Others::Archive,
        },
        plan: Some(PlanView::of(&forecast, page.lang)),
        problem: why.filter(|_| status == StatusCode::CONFLICT),
        page,
    };
    html(status, &view)
}

fn flash(name: &str, applied: Applied, batch: i64) -> Flash {
    if applied.is_nothing() {
        return Flash::ok(Message::new("import-flash-nothing"));
    }
    let message = Message::new("sets-flash")
        .with("name", name)
        .with("created", applied.counts.created)
        .with("changed", applied.counts.changed)
        .with("archived", applied.archived);
    Flash::ok(message).with_batch(batch)
}
