//! The pages of standard sets: choosing one, its preview, and applying it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::PageRequest;
use crate::error::Result;
use crate::i18n::{Lang, Message};
use crate::records::fields::Fields;
use crate::statuses::actions::import::UnlistedPolicy;
use crate::statuses::domain::sets::StandardSet;
use crate::statuses::http::pages::plan::PlanRequest;
use crate::statuses::http::views::import::{SetCard, SetsPage, Source};
use crate::statuses::http::views::plan::Badge;
use crate::web::{Form, html};

/// The plan that the form asks for; nothing if it names no set.
fn read_plan(fields: &Fields, default_lang: Lang) -> Result<Option<PlanRequest>> {
    let Some(set) = fields.text("set").and_then(StandardSet::from_word) else {
        return Ok(None);
    };
    let lang = fields.text("lang").and_then(Lang::from_tag);
    let lang = lang.unwrap_or(default_lang);
    let archives = fields.is_on("archive");
    Ok(Some(PlanRequest {
        source: Source::Set {
            set,
            lang,
            archives,
        },
        rows: Ok(set.rows(lang)?),
        unlisted: match archives {
            true => UnlistedPolicy::Archive,
            false => UnlistedPolicy::Keep,
        },
    }))
}

/// `GET /admin/leads/statuses/sets`: the sets to choose from.
pub async fn list(request: PageRequest) -> Result<HttpResponse> {
    request.read(|_, _| Ok(())).await?;
    set_form(&request, StatusCode::OK, None)
}

/// `POST /admin/leads/statuses/sets`: previews a set; with `confirm=1`, applies it.
pub async fn create(request: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    request.read(|_, _| Ok(())).await?;
    match read_plan(&fields, request.page().lang)? {
        Some(plan) => plan.answer(&request, &fields).await,
        None => {
            let problem = Message::new("sets-choose");
            set_form(&request, StatusCode::UNPROCESSABLE_ENTITY, Some(problem))
        }
    }
}

fn set_form(
    request: &PageRequest,
    status: StatusCode,
    problem: Option<Message>,
) -> Result<HttpResponse> {
    let page = request.page();
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
