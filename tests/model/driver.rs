//! Sends operations to the server and compares its state with the model.

use std::collections::BTreeMap;

use lead_statuses::clock::{Clock, Timestamp};
use serde_json::Value;

use super::act::{Act, Bulk, Call};
use super::lead::DAY;
use super::requests::{request, status_form};
use super::state::rfc3339;
use super::world::{Status, World, user_id};
use crate::support::{ALICE, Answer, Backend, Browser, MARA, Page, Person, RADU, TestApp};

/// A browser that signs in again before its session ends.
pub(super) struct SignedIn {
    who: Person,
    base: String,
    pub(super) browser: Browser,
    csrf: String,
    until: i64,
}

/// A server with its model.
pub struct Driver {
    pub app: TestApp,
    pub world: World,
    admin: SignedIn,
    pub(super) manager: SignedIn,
    last: Option<Page>,
}

/// The answer to an operation.
pub struct Reply {
    pub status: u16,
    /// The id of what it made.
    pub made: Option<i64>,
    pub text: String,
}

impl SignedIn {
    fn new(app: &TestApp, who: Person) -> SignedIn {
        SignedIn {
            who,
            base: app.base.clone(),
            browser: app.visitor(),
            csrf: String::new(),
            until: 0,
        }
    }

    async fn post(&mut self, now: i64, path: &str, fields: &[(&str, String)]) -> Page {
        self.ensure_signed_in(now).await;
        let csrf = [("csrf", self.csrf.as_str())].into_iter();
        let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<(&str, &str)> = csrf.chain(fields).collect();
        self.browser.post(path, &fields).await
    }

    /// A session ends after twelve hours without a request.
    pub(super) async fn ensure_signed_in(&mut self, now: i64) {
        if now >= self.until {
            // The session may have some hours left: only a stranger is shown the form.
            self.browser = Browser::new(&self.base);
            self.browser.sign_in(self.who).await;
            let profile = self.browser.get("/admin/profile").await;
            let form = profile.form("form[method=post]");
            self.csrf = form.value("csrf").expect("a token").to_owned();
            self.until = now + 10 * 3_600;
        }
    }
}

impl Driver {
    /// A server on a fresh pipeline whose clock says eight in the morning; `None` where PostgreSQL is missing.
    pub async fn open(backend: Backend) -> Option<Driver> {
        let today = Clock::shifted(0).now().second().div_euclid(DAY);
        let now = (today + 1) * DAY + 8 * 3_600;
        let app = TestApp::with(backend, |config| {
            config.clock = Clock::fixed(Timestamp(now * 1_000_000));
        });
        let app = app.await?;
        let statuses = app.api(ALICE).statuses().await;
        let holder = |role: &str| {
            let found = statuses.iter().find(|status| status[role] == true);
            found
                .and_then(|status| status["id"].as_i64())
                .expect("a holder")
        };
        let world = World {
            now,
            order: statuses
                .iter()
                .filter_map(|status| status["id"].as_i64())
                .collect(),
            default: holder("isdefault"),
            converted: holder("isconverted"),
            statuses: statuses.iter().map(known_status).collect(),
            leads: BTreeMap::new(),
            users: crate::support::PEOPLE.into_iter().map(user_id).collect(),
            before: None,
        };
        Some(Driver {
            admin: SignedIn::new(&app, ALICE),
            manager: SignedIn::new(&app, MARA),
            last: None,
            world,
            app,
        })
    }

    /// Asks the server to do it.
    pub async fn send(&mut self, call: &Call) -> Reply {
        let now = self.world.now;
        match &call.act {
            Act::Wait(seconds) => {
                self.app.clock.advance(*seconds);
                reply_of(303)
            }
            Act::Undo => self.undo().await,
            Act::Import(lines) => self.import(lines).await,
            Act::Export => reply_of(200),
            Act::Enable(is_enabled) => {
                let verb = if *is_enabled { "enable" } else { "disable" };
                let path = format!("/admin/users/{}/{verb}", user_id(RADU));
                reply_of(self.admin.post(now, &path, &[]).await.status)
            }
            Act::Bulk(ids, bulk) => {
                let page = self
                    .manager
                    .post(now, "/admin/leads/bulk", &self.bulk(ids, bulk))
                    .await;
                Reply {
                    text: page.text(),
                    ..reply_of(page.status)
                }
            }
            act => match status_form(act) {
                Some((path, fields)) => {
                    let page = self.admin.post(now, &path, &fields).await;
                    let reply = Reply {
                        text: page.text(),
                        ..reply_of(page.status)
                    };
                    self.last = Some(page);
                    reply
                }
                None => self.call(call).await,
            },
        }
    }

    fn bulk(&self, ids: &[i64], bulk: &Bulk) -> Vec<(&'static str, String)> {
        let day = |days: i64| rfc3339(self.world.day(days))[..10].to_owned();
        let mut fields = match bulk {
            Bulk::Move(to) => vec![("action", "move".into()), ("status", to.to_string())],
            Bulk::Assign(to) => {
                let owner = to.map_or("none".to_owned(), |to| to.to_string());
                vec![("action", "assign".into()), ("owner", owner)]
            }
            Bulk::Pause(days) => {
                vec![
                    ("action", "pause".into()),
                    ("until", day(*days)),
                    ("reason", "away".into()),
                ]
            }
            Bulk::Note => vec![("action", "note".into()), ("note", "seen".into())],
            Bulk::Delete => vec![("action", "delete".into())],
            Bulk::Restore => vec![("action", "restore".into())],
        };
        fields.extend(ids.iter().map(|id| ("ids", id.to_string())));
        fields.push(("confirm", "1".into()));
        fields
    }

    async fn call(&self, call: &Call) -> Reply {
        let (method, path, body) = request(&call.act, &self.world);
        let api = self.app.api(call.who);
        let answer: Answer = api.send(api.request(method, &path).json(&body)).await;
        let text = answer.text().to_owned();
        let reply: Value = serde_json::from_str(&text).unwrap_or_default();
        Reply {
            status: answer.status,
            made: reply["record_id"].as_i64(),
            text,
        }
    }

    async fn undo(&mut self) -> Reply {
        let (Some(page), true) = (self.last.take(), self.world.before.is_some()) else {
            return reply_of(303);
        };
        let list = self.admin.browser.follow(&page).await;
        let form = "form[action$='/statuses/undo']";
        if !list.has(form) {
            return Reply {
                text: format!("no undo is offered: {list:?}"),
                ..reply_of(404)
            };
        }
        let page = self.admin.browser.submit(&list, form, &[]).await;
        Reply {
            text: page.text(),
            ..reply_of(page.status)
        }
    }

    async fn import(&mut self, lines: &[(String, String, String, i64)]) -> Reply {
        self.manager.ensure_signed_in(self.world.now).await;
        let mut file = "external_ref,name,company,status\n".to_owned();
        for (reference, name, company, status) in lines {
            let status = &self.world.statuses[status].name;
            file.push_str(&format!("{reference},{name},{company},{status}\n"));
        }
        let browser = &self.manager.browser;
        let page = browser.get("/admin/leads/import").await;
        let file = ("file", "leads.csv", file.as_bytes());
        let preview = browser.upload(&page, "form[enctype]", file, &[]).await;
        if preview.status == 200 && !preview.has("[name=confirm]") {
            return Reply {
                text: preview.text(),
                ..reply_of(303)
            };
        }
        let fields = [("confirm", "1")];
        let done = browser.submit(&preview, "form.plan-form", &fields).await;
        Reply {
            text: done.text(),
            ..reply_of(done.status)
        }
    }
}

fn reply_of(status: u16) -> Reply {
    Reply {
        status,
        made: None,
        text: String::new(),
    }
}

fn known_status(read: &Value) -> (i64, Status) {
    let text = |name: &str| read[name].as_str().expect("a text").to_owned();
    let status = Status {
        name: text("name"),
        slug: Some(text("slug")),
        kind: text("kind"),
        target: read["target_days"].as_i64(),
        limit: read["limit_days"].as_i64(),
        archived: false,
        version: read["version"].as_i64().expect("a version"),
        is_changed: false,
    };
    (read["id"].as_i64().expect("an id"), status)
}
