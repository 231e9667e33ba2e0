//! The pages of standard sets: choosing one, its preview, and applying it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::PageRequest;
use crate::error::Result;
use crate::i18n::{Lang, Message};
use crate::records::fields::Fields;
use crate::statuses::actions::import::UnlistedPolicy;
use crate::statuses::domain::sets::StandardSet;
use crate::statuses::http::pages::plan::{PlanAnswer, PlanRequest, show_list};
use crate::statuses::http::views::import::{SetCard, SetsPage, Source};
use crate::statuses::http::views::plan::Badge;
use crate::web::{Form, html};

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
            set: StandardSet::from_word(fields.text("set")?)?,
            lang: lang.unwrap_or(default_lang),
            others: match fields.is_on("archive") {
                true => UnlistedPolicy::Archive,
                false => UnlistedPolicy::Keep,
            },
        })
    }

    fn plan(self) -> Result<PlanRequest> {
        Ok(PlanRequest {
            source: Source::Set {
                set: self.set,
                lang: self.lang,
                archives: self.others == UnlistedPolicy::Archive,
            },
            rows: Ok(self.set.rows(self.lang)?),
            unlisted: self.others,
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
    Ok(match request.plan()?.answer(&visitor, &fields).await? {
        PlanAnswer::Preview(answer) => answer,
        PlanAnswer::Applied(result, batch) => {
            let name = visitor.page().t(request.set.key());
            show_list(&visitor, "sets-flash", name, result, batch)
        }
    })
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
