//! Where the work of each role begins, and the numbers in the menu.

use crate::leads::lead_builder::{draft, make};
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    each_role_lands_where_its_work_begins,
    the_number_in_the_menu_is_the_number_on_the_page,
);

async fn each_role_lands_where_its_work_begins(app: TestApp) {
    for (who, home) in [
        (ALICE, "/admin/leads/statuses"),
        (MARA, "/admin/leads/stuck"),
        (RADU, "/admin/leads/mine"),
        (VERA, "/admin/leads/statuses"),
    ] {
        let browser = app.visitor();
        let page = browser.get("/admin/login").await;
        let typed = [("email", who.email), ("password", who.password)];
        let form = "form[action='/admin/login']";
        let sent = browser.submit(&page, form, &typed).await;
        assert_eq!(sent.leads_to(), Some(home.to_owned()), "{}", who.name);
        for path in ["/", "/admin"] {
            let sent = browser.get(path).await;
            assert_eq!(sent.leads_to(), Some(home.to_owned()), "{path}");
        }
        assert_eq!(browser.get(home).await.status, 200);
        let asked = browser.get("/admin/login?next=/admin/leads/board").await;
        assert_eq!(asked.leads_to(), Some("/admin/leads/board".to_owned()));
    }
    let stranger = app.visitor();
    let sent = stranger.get("/admin").await.leads_to().unwrap();
    assert!(sent.starts_with("/admin/login"), "{sent}");
}

async fn the_number_in_the_menu_is_the_number_on_the_page(app: TestApp) {
    let stuck = |name: &str| draft(name).in_status("Qualified", 90);
    let drafts = vec![
        stuck("A").of(RADU),
        stuck("B").of(RADU),
        stuck("C").of(MARA),
        stuck("D"),
        draft("E").of(RADU),
        draft("F"),
    ];
    make(&app, drafts).await;
    for who in [ALICE, MARA, RADU, VERA] {
        let browser = app.signed_in(who).await;
        let page = browser.get("/admin/profile").await;
        let mut counted = 0;
        for item in page.all(".nav-item:has(.nav-count)") {
            let href = item.attr("href").unwrap();
            let count: String = item.text().collect::<Vec<_>>().join(" ");
            let count = count.split_whitespace().last().unwrap().to_owned();
            let opened = browser.get(href).await;
            let shown = opened.texts("#tabs [aria-current] span");
            assert_eq!(shown, [count], "{href} as {}", who.name);
            counted += 1;
        }
        assert!(counted >= 2, "{}", who.name);
    }
}
