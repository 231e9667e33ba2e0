//! Set-up of a new installation.

use lead_statuses::clock::Clock;
use lead_statuses::sessions::new_setup_code;

use crate::support::{Backend, Browser, Page, Person, TestApp};

const FORM: &str = "form[action='/admin/setup']";
const ANA: Person = Person {
    name: "Ana",
    email: "ana@example.com",
    password: "violet trams under oaks",
    role: "admin",
};

/// A server over an empty database, with a set-up code.
pub async fn start_empty() -> (TestApp, String) {
    let app = TestApp::with(Backend::Sqlite, |config| {
        let path = config.data_dir.join("fresh.db");
        config.database_url = format!("sqlite://{}", path.display()).parse().unwrap();
        config.clock = Clock::shifted(0);
    })
    .await
    .unwrap();
    let now = app.clock.now();
    let code = app
        .db
        .write(move |conn| new_setup_code(conn, now))
        .await
        .unwrap();
    (app, code.expect("nobody is there yet"))
}

async fn fill_in(browser: &Browser, page: &Page, who: Person) -> Page {
    let fields = [
        ("name", who.name),
        ("email", who.email),
        ("password", who.password),
    ];
    browser.submit(page, FORM, &fields).await
}

#[tokio::test]
async fn the_link_makes_the_first_administrator_once() {
    let (app, code) = start_empty().await;
    let browser = app.visitor();
    let path = format!("/admin/setup?code={code}");
    let page = browser.get(&path).await;
    let bad = Person {
        email: "ana",
        password: "short",
        ..ANA
    };
    let refused = fill_in(&browser, &page, bad).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.form(FORM).value("email"), Some("ana"));
    assert_eq!(refused.form(FORM).value("name"), Some("Ana"));
    let done = fill_in(&browser, &refused, ANA).await;
    let list = browser.follow(&done).await;
    assert_eq!(list.status, 200);
    assert!(list.text().contains("Welcome, Ana"));
    assert_eq!(browser.get("/admin/users").await.status, 200, "an admin");
    let late = app.visitor();
    assert_eq!(late.get(&path).await.status, 404);
    app.signed_in(ANA).await;
    let now = app.clock.now();
    let none = app.db.write(move |conn| new_setup_code(conn, now)).await;
    assert_eq!(none.unwrap(), None, "there is someone now");
}

#[tokio::test]
async fn the_first_statuses_speak_the_language_of_the_first_administrator() {
    let (app, code) = start_empty().await;
    let browser = app.visitor();
    let page = browser.get(&format!("/admin/setup?code={code}")).await;
    let csrf = page.csrf();
    let request = browser
        .request(reqwest::Method::POST, "/admin/setup")
        .header("accept-language", "ro-RO,ro;q=0.9")
        .form(&[
            ("csrf", csrf.as_str()),
            ("code", code.as_str()),
            ("name", ANA.name),
            ("email", ANA.email),
            ("password", ANA.password),
        ]);
    let answer = browser.send(request).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let read = app.db.read(lead_statuses::statuses::list_all);
    let statuses = read.await.expect("statuses");
    let names: Vec<_> = statuses.iter().map(|s| s.name.to_string()).collect();
    let expected = [
        "Nou",
        "Contactat",
        "Calificat",
        "Ofertă",
        "Câștigat",
        "Pierdut",
    ];
    assert_eq!(names, expected);
    assert!(statuses[0].definition.as_str().contains("companie"));
}

#[tokio::test]
async fn a_wrong_or_old_link_opens_nothing() {
    let (app, code) = start_empty().await;
    let browser = app.visitor();
    for wrong in ["", "x", &code[1..]] {
        let page = browser.get(&format!("/admin/setup?code={wrong}")).await;
        assert_eq!(page.status, 404, "{wrong}");
    }
    let page = browser.get(&format!("/admin/setup?code={code}")).await;
    assert_eq!(page.status, 200);
    app.clock.advance(24 * 3600 + 1);
    assert_eq!(fill_in(&browser, &page, ANA).await.status, 404);
    assert_eq!(
        browser
            .get(&format!("/admin/setup?code={code}"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn of_two_who_set_up_at_once_one_becomes_the_administrator() {
    let (app, code) = start_empty().await;
    let path = format!("/admin/setup?code={code}");
    let (one, other) = (app.visitor(), app.visitor());
    let pages = (one.get(&path).await, other.get(&path).await);
    let bob = Person {
        name: "Bob",
        email: "bob@example.com",
        ..ANA
    };
    let (first, second) =
        tokio::join!(fill_in(&one, &pages.0, ANA), fill_in(&other, &pages.1, bob));
    let mut answers = [first.status, second.status];
    answers.sort_unstable();
    assert_eq!(answers, [303, 404]);
}
