//! Searches find people as they are written elsewhere, in every list.

use lead_statuses::leads::domain::text::TextLine;
use reqwest::Method;
use serde_json::json;

use super::files::{assert_sound, write};
use super::lead_builder::{LeadBuilder, draft, lead, make};
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    a_phone_number_is_found_with_and_without_country_code_and_leading_zero,
    apostrophes_and_hyphens_of_any_kind_are_the_same,
    a_lead_is_found_by_the_name_of_its_owner,
    every_list_finds_the_same,
    the_nearest_names_are_offered_where_nothing_is_found,
    board_and_stuck_lists_offer_the_nearest_names_that_they_have,
    a_source_is_written_as_it_was_the_first_time_in_every_channel,
    a_source_is_filtered_without_regard_to_case,
    sources_that_a_migration_could_not_unify_are_unified_at_the_start,
    statuses_are_found_whatever_their_apostrophes_and_hyphens,
);

const LIST: &str = "/admin/leads";

fn with_phone(name: &str, phone: &str) -> LeadBuilder {
    let mut made = draft(name);
    made.fields.phone = TextLine::parse(phone).unwrap();
    made
}

fn with_company(name: &str, company: &str) -> LeadBuilder {
    let mut made = draft(name);
    made.fields.company = TextLine::parse(company).unwrap();
    made
}

fn search_query(q: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", q);
    query.finish()
}

/// The names that the page lists for a search.
async fn listed_names(app: &TestApp, q: &str) -> Vec<String> {
    let page = app.signed_in(VERA).await;
    let page = page.get(&format!("{LIST}?{}", search_query(q))).await;
    let mut names = page.texts("tbody .lead-link");
    names.sort();
    names
}

async fn a_phone_number_is_found_with_and_without_country_code_and_leading_zero(app: TestApp) {
    let leads = vec![
        with_phone("Abroad", "+40 722 123 456"),
        with_phone("At home", "0722-123-456"),
        with_phone("Plain", "722123456"),
        with_phone("Other", "+40 722 123 457"),
        with_phone("Short", "0722 12"),
    ];
    make(&app, leads).await;
    for q in [
        "0722123456",
        "+40722123456",
        "0040 722 123 456",
        "(0722) 123.456",
        "722 123 456",
        "07 22 12 34 56",
    ] {
        let names = listed_names(&app, q).await;
        assert_eq!(names, ["Abroad", "At home", "Plain"], "{q}");
    }
    assert_eq!(listed_names(&app, "plain 0722123456").await, ["Plain"]);
    assert_eq!(
        listed_names(&app, "0722 12").await.len(),
        4,
        "a part, as before"
    );
    assert_eq!(
        listed_names(&app, "0722 999 456 1").await,
        Vec::<String>::new()
    );
}

async fn apostrophes_and_hyphens_of_any_kind_are_the_same(app: TestApp) {
    let leads = vec![
        draft("Sean O’Neill"),
        draft("Pat O'Neill"),
        draft("Ana‑Maria Pop"),
        draft("Ana–Maria Ion"),
    ];
    make(&app, leads).await;
    for q in ["o'neill", "o’neill", "OʼNEILL", "o‘n"] {
        let names = listed_names(&app, q).await;
        assert_eq!(names, ["Pat O'Neill", "Sean O’Neill"], "{q}");
    }
    for q in ["ana-maria", "ana—maria", "a−m"] {
        assert_eq!(listed_names(&app, q).await.len(), 2, "{q}");
    }
    assert_sound(&app);
}

async fn a_lead_is_found_by_the_name_of_its_owner(app: TestApp) {
    let leads = vec![
        with_company("Ion", "Acme").of(RADU),
        with_company("Eva", "Zeta").of(RADU),
        with_company("Radu Pop", "Acme"),
        with_company("Dan", "Acme").of(MARA),
    ];
    let ids = make(&app, leads).await;
    assert_eq!(listed_names(&app, "radu stanescu").await, ["Eva", "Ion"]);
    assert_eq!(listed_names(&app, "stănes").await, ["Eva", "Ion"]);
    assert_eq!(listed_names(&app, "radu").await, ["Eva", "Ion", "Radu Pop"]);
    assert_eq!(listed_names(&app, "radu acme").await, ["Ion", "Radu Pop"]);
    assert_eq!(listed_names(&app, "tanescu").await, Vec::<String>::new());
    assert_eq!(
        listed_names(&app, "ra").await,
        ["Radu Pop"],
        "two letters are few"
    );
    let api = app.api(ALICE);
    assert_eq!(api.delete(&format!("leads/{}", ids[1])).await.status, 200);
    assert_eq!(listed_names(&app, "stanescu").await, ["Ion"]);
    let bin = app.signed_in(MARA).await;
    let bin = bin.get(&format!("{LIST}?q=stanescu&bin=1")).await;
    assert_eq!(bin.texts("tbody .lead-link"), ["Eva"]);
}

async fn every_list_finds_the_same(app: TestApp) {
    let leads = vec![
        with_phone("Ana", "+40 722 123 456").in_status("New", 99),
        draft("Sean O’Neill").in_status("New", 99),
        draft("Ion").in_status("New", 99).of(RADU),
        draft("Nobody").in_status("New", 99),
    ];
    make(&app, leads).await;
    let (mara, api) = (app.signed_in(MARA).await, app.api(ALICE));
    for (q, name) in [
        ("0722123456", "Ana"),
        ("o'neill", "Sean O’Neill"),
        ("radu stanescu", "Ion"),
    ] {
        let query = search_query(q);
        let list = mara.get(&format!("{LIST}?{query}")).await;
        assert_eq!(list.texts("tbody .lead-link"), [name], "{q}");
        assert_eq!(list.texts("#tabs .tab")[0], "All 1", "{q}");
        let board = mara.get(&format!("{LIST}/board?{query}")).await;
        assert_eq!(board.texts(".board-card .board-name"), [name], "{q}");
        let stuck = mara.get(&format!("{LIST}/stuck?{query}")).await;
        assert_eq!(stuck.texts("tbody .board-name"), [name], "{q}");
        let page = api.get(&format!("leads?{query}&page=1")).await.json();
        assert_eq!(page["data"][0]["name"], name, "{q}");
        assert_eq!(page["meta"]["total"], 1, "{q}");
        let all = api.get(&format!("leads?{query}")).await.json();
        assert_eq!(all.as_array().map(Vec::len), Some(1), "{q}");
        let file = format!("{LIST}/export?{query}&format=csv");
        let file = mara.send(mara.request(Method::GET, &file)).await;
        assert_eq!(file.text().lines().count(), 2, "{q}");
        let chosen = [("scope", "all"), ("action", "note")];
        let preview = mara.submit(&list, "#bulk", &chosen).await;
        assert_eq!(preview.form("#preview").value("expect_count"), Some("1"));
    }
}

async fn the_nearest_names_are_offered_where_nothing_is_found(app: TestApp) {
    let leads = vec![
        with_company("Ion Popescu", "Acme Trading"),
        with_company("Ioana Popescu", "Zeta"),
        with_company("Gheorghe Șerban", "Zeta"),
    ];
    make(&app, leads).await;
    let vera = app.signed_in(VERA).await;
    let offered = async |q: &str| {
        let page = vera.get(&format!("{LIST}?{}", search_query(q))).await;
        assert!(!page.has("tbody"), "{q} is found");
        page.texts(".nearest a")
    };
    assert_eq!(offered("Ion Popesku").await[0], "Ion Popescu");
    assert_eq!(offered("gheorge serban").await, ["Gheorghe Șerban"]);
    assert_eq!(offered("acme tradding").await, ["Acme Trading"]);
    assert_eq!(offered("Xylophone").await, Vec::<String>::new());
    assert_eq!(offered("0722 000 111").await, Vec::<String>::new());
    let page = vera
        .get(&format!("{LIST}?{}", search_query("gheorge")))
        .await;
    let link = page.attributes(".nearest a", "href").remove(0);
    let there = vera.get(&link).await;
    assert_eq!(there.texts("tbody .lead-link"), ["Gheorghe Șerban"]);
}

async fn board_and_stuck_lists_offer_the_nearest_names_that_they_have(app: TestApp) {
    let leads = vec![
        with_company("Ion Popescu", "Acme")
            .in_status("New", 300)
            .of(RADU),
        with_company("Ioana Popescu", "Zeta").in_status("Qualified", 300),
        with_company("Dan Popescu", "Zeta"),
    ];
    make(&app, leads).await;
    let radu = app.signed_in(RADU).await;
    for (list, offered, names) in [
        ("board", 3, ".board-card .board-name"),
        ("stuck", 2, "tbody .board-name"),
        ("mine", 1, "tbody .board-name"),
    ] {
        let page = radu
            .get(&format!("{LIST}/{list}?{}", search_query("Popesku")))
            .await;
        assert!(page.text().contains("“Popesku”"), "{list}: {page:?}");
        assert!(!page.has(".board-column, tbody"), "{list}: {page:?}");
        assert_eq!(page.texts(".nearest a").len(), offered, "{list}: {page:?}");
        for link in page.attributes(".nearest a", "href") {
            assert!(link.starts_with(&format!("{LIST}/{list}?q=")), "{link}");
            assert_eq!(radu.get(&link).await.texts(names).len(), 1, "{link}");
        }
        let none = radu
            .get(&format!("{LIST}/{list}?{}", search_query("Xylophone")))
            .await;
        assert!(!none.has(".nearest"), "{list}: {none:?}");
    }
    let missed = radu
        .get(&format!("{LIST}/mine?{}", search_query("Dan")))
        .await;
    let wider = missed.attributes(".empty a", "href");
    assert!(wider.contains(&format!("{LIST}?q=Dan")), "{wider:?}");
}

async fn a_source_is_written_as_it_was_the_first_time_in_every_channel(app: TestApp) {
    let api = app.api(ALICE);
    let make = async |name: &str, source: &str| {
        let made = api.post("leads", json!({"name": name, "source": source}));
        made.await.json()["record_id"].as_i64().unwrap()
    };
    let first = make("Ana", "Târg de toamnă").await;
    let second = make("Ion", "TÂRG DE TOAMNĂ").await;
    let source = async |id: i64| lead(&app, id).await.fields.source.to_string();
    assert_eq!(source(second).await, "Târg de toamnă");
    let version = lead(&app, first).await.version;
    let put = json!({"source": "târg DE toamnă"});
    assert_eq!(api.put(&format!("leads/{first}"), put).await.status, 200);
    assert_eq!(lead(&app, first).await.version, version, "nothing differs");
    let mara = app.signed_in(MARA).await;
    let form = mara.get(&format!("{LIST}/new")).await;
    let typed = [("name", "Eva"), ("source", "târg de toamnă")];
    let made = mara.submit(&form, "main form[data-guard]", &typed).await;
    assert_eq!(made.status, 303, "{made:?}");
    let file = "external_ref,name,source\nX-1,Dan,TÂRG de toamnă\nX-2,Gil,WEB\nX-3,Ida,Web\n";
    let file = write(&app, "in.csv", file.as_bytes());
    for (created, unchanged) in [(3, 0), (0, 3)] {
        let (status, out, _) = app.run(&["import", "leads", &file]);
        assert_eq!(status, 0, "{out}");
        let all = api.get("leads?per_page=100&page=1").await.json();
        assert_eq!(all["meta"]["total"], 6, "{created} {unchanged}");
    }
    let all = api.get("leads").await.json();
    let mut sources: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["source"].as_str().unwrap())
        .collect();
    sources.sort_unstable();
    sources.dedup();
    assert_eq!(sources, ["Târg de toamnă", "WEB"]);
    let imported = api.get("leads?q=Ida").await.json();
    assert_eq!(imported[0]["version"], 1, "the same file changes nothing");
    assert_sound(&app);
}

async fn a_source_is_filtered_without_regard_to_case(app: TestApp) {
    make(
        &app,
        vec![
            draft("Ana").in_status("New", 99).from("Târg"),
            draft("Ion").from("Web"),
        ],
    )
    .await;
    let (mara, api) = (app.signed_in(MARA).await, app.api(ALICE));
    for typed in ["Târg", "târg", "TÂRG"] {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("source", typed);
        let query = query.finish();
        let list = mara.get(&format!("{LIST}?{query}")).await;
        assert_eq!(list.texts("tbody .lead-link"), ["Ana"], "{typed}");
        let chosen = list.form("#filter form");
        assert_eq!(chosen.value("source"), Some("Târg"), "as it is offered");
        let listed = api.get(&format!("leads?{query}&page=1")).await.json();
        assert_eq!(listed["meta"]["total"], 1, "{typed}");
        let board = mara.get(&format!("{LIST}/board?{query}")).await;
        assert_eq!(board.texts(".board-card .board-name"), ["Ana"]);
        let stuck = mara.get(&format!("{LIST}/stuck?{query}")).await;
        assert_eq!(stuck.texts("tbody .board-name"), ["Ana"]);
        let file = format!("{LIST}/export?{query}&format=csv");
        let file = mara.send(mara.request(Method::GET, &file)).await;
        assert_eq!(file.text().lines().count(), 2, "{typed}");
    }
    let none = api.get("leads?source=nowhere").await.json();
    assert_eq!(none, json!([]));
}

async fn sources_that_a_migration_could_not_unify_are_unified_at_the_start(app: TestApp) {
    let ids = make(
        &app,
        vec![draft("Ana").made(9).from("Târg"), draft("Ion").from("Web")],
    )
    .await;
    for statement in [
        format!("update leads set source = 'TÂRG' where id = {}", ids[1]),
        "delete from lead_sources".to_owned(),
        "insert into lead_sources (source_key, source) select source, source from leads group by source".to_owned(),
    ] {
        let work = move |conn: &mut lead_statuses::db::Conn| {
            diesel::RunQueryDsl::execute(diesel::sql_query(statement.as_str()), conn)?;
            Ok(())
        };
        app.db.write(work).await.unwrap();
    }
    let started = app.program(&["export", "leads"], "");
    assert!(started.status.success(), "{started:?}");
    assert_sound(&app);
    for id in ids {
        assert_eq!(lead(&app, id).await.fields.source.as_str(), "Târg");
    }
    let listed = app.api(ALICE).get("leads?source=t%C3%A2rg").await.json();
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
}

async fn statuses_are_found_whatever_their_apostrophes_and_hyphens(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    app.api(ALICE).create_status("Won’t‑buy").await;
    for q in ["won't-buy", "won’t–buy", "wonʼt"] {
        let page = alice
            .get(&format!("{LIST}/statuses?{}", search_query(q)))
            .await;
        assert_eq!(page.all("tbody tr").len(), 1, "{q}: {page:?}");
        let answer = app
            .api(ALICE)
            .get(&format!("lead_statuses?{}", search_query(q)))
            .await;
        assert_eq!(answer.json().as_array().map(Vec::len), Some(1), "{q}");
    }
}
