//! Stories in a real browser, with and without JavaScript. Each has a server of its own; its screenshots
//! are kept in `target/screenshots`, all of them with `PICTURES=1`, else those of failures.

use std::fmt::{self, Debug, Formatter};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::thread;

use lead_statuses::leads::domain::text::TextLine;
use serde_json::json;

use crate::leads::crm;
use crate::leads::lead_builder::{draft, make, note, pause};
use crate::setup::start_empty;
use crate::support::packages::{self, npm_ci};
use crate::support::{ALICE, MARA, Person, RADU, TestApp, VERA};

macro_rules! stories {
    ($($name:ident),+ $(,)?) => {
        $(#[tokio::test]
        async fn $name() -> Result<(), Fault> {
            let (app, setup) = server(stringify!($name)).await;
            run_story(stringify!($name), &app, &setup)
        })+

        #[test]
        fn every_story_file_has_a_test() {
            let mut written: Vec<String> = files_in(&sources().join("stories"))
                .iter()
                .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
                .collect();
            written.sort();
            let mut shown = vec![$(stringify!($name)),+];
            shown.sort();
            assert_eq!(written, shown);
        }
    };
}

stories!(
    board,
    crm_files,
    ended_session,
    first_day,
    gallery_en_dark_phone,
    gallery_en_light_wide,
    gallery_ro_dark_wide,
    gallery_ro_light_phone,
    handoff,
    import_leads,
    keyboard,
    lead_list,
    live_search,
    narrow_tables,
    phone_in_romanian,
    reorder,
    rules,
    runner,
    selection,
    someone_else,
    steady,
    stuck_list,
    time_zone,
    token,
    unreadable,
    unsaved,
    without_javascript,
    work_through,
);

/// Where the stories run: sources beside packages and an unpacked browser, all of it below `target`.
static STAGE: LazyLock<PathBuf> = LazyLock::new(|| {
    let stage = target().join("e2e");
    copy(&sources(), &stage);
    let unpacked = stage.join("unpacked");
    let unpack = || {
        packages::run(Command::new("node").arg("prepare.mjs").current_dir(&stage)).unwrap();
    };
    npm_ci(&stage, || drop(fs::remove_dir_all(unpacked)), unpack);
    stage
});

/// The process that runs the stories, with one browser for all of them. It ends with this one, which closes its input.
static RUNNER: LazyLock<StoryRunner> = LazyLock::new(|| {
    let mut process = Command::new("node")
        .arg("run.mjs")
        .current_dir(&*STAGE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut port = String::new();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    output.read_line(&mut port).unwrap();
    StoryRunner {
        port: port.trim().parse().unwrap(),
        _process: process,
    }
});

struct StoryRunner {
    port: u16,
    _process: Child,
}

impl StoryRunner {
    fn run(&self, setting: &str) -> io::Result<String> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port))?;
        connection.write_all(setting.as_bytes())?;
        connection.shutdown(Shutdown::Write)?;
        io::read_to_string(connection)
    }
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e")
}

fn target() -> PathBuf {
    let inner = Path::new(env!("CARGO_TARGET_TMPDIR"));
    inner.parent().unwrap().to_owned()
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// Copies the sources and removes files that were renamed; packages and browser stay.
fn copy(from: &Path, to: &Path) {
    for folder in ["stories", "support"] {
        let _ = fs::remove_dir_all(to.join(folder));
        fs::create_dir_all(to.join(folder)).unwrap();
    }
    for folder in ["", "stories", "support"] {
        for file in files_in(&from.join(folder))
            .iter()
            .filter(|path| path.is_file())
        {
            fs::copy(file, to.join(folder).join(file.file_name().unwrap())).unwrap();
        }
    }
}

/// What a command that failed printed: shown as it is, without a backtrace that would hide it.
struct Fault(String);

impl Debug for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn login(who: Person) -> serde_json::Value {
    json!({"email": who.email, "password": who.password})
}

/// A server with all test users; the story of the first day starts with none and a set-up code.
async fn server(story: &str) -> (TestApp, String) {
    match story {
        "first_day" => start_empty().await,
        "lead_list" | "unreadable" => (with_leads().await, String::new()),
        "board" | "stuck_list" => (waiting(story).await, String::new()),
        "rules" => (with_rules().await, String::new()),
        "narrow_tables" => (with_long_names().await, String::new()),
        "ended_session" | "work_through" => (fourteen_stuck().await, String::new()),
        gallery if gallery.starts_with("gallery") => (waiting(story).await, String::new()),
        _ => (TestApp::sqlite().await, String::new()),
    }
}

/// Leads of Radu, of Mara and without an owner, in every state.
async fn with_leads() -> TestApp {
    let app = TestApp::sqlite().await;
    let names = [
        "Ștefan Popescu",
        "Acme Logistics",
        "Ioana Țiriac",
        "John Smith",
    ];
    let places = [
        ("New", 0),
        ("New", 4),
        ("Contacted", 1),
        ("Qualified", 7),
        ("Qualified", 40),
        ("Proposal", 2),
        ("Won", 90),
        ("Lost", 120),
    ];
    let drafts = (0..66usize).map(|number| {
        let (status, days) = places[number % places.len()];
        let name = format!("{} {number:02}", names[number % names.len()]);
        let mut one = draft(&name)
            .in_status(status, days)
            .worth(number as i64 * 12_345)
            .from(["Web", "Trade fair", "Referral"][number % 3]);
        one.fields.company =
            TextLine::parse(["", "Dacia Fields SRL", "Northwind"][number % 3]).unwrap();
        match number % 3 {
            0 => one.of(RADU),
            1 => one.of(MARA),
            _ => one,
        }
    });
    make(&app, drafts.collect()).await;
    app
}

/// A status with rules, and leads of which some lack what they ask.
async fn with_rules() -> TestApp {
    let app = TestApp::sqlite().await;
    let api = app.api(ALICE);
    let rules = json!({"entry_rules": [
        {"type": "field", "field": "company", "op": "set", "text": "Company is known"},
        {"type": "confirm", "text": "We spoke"}]});
    let path = format!("lead_statuses/{}", api.status_id("Qualified").await);
    assert_eq!(api.put(&path, rules).await.status, 200);
    let leads = ["Ana Pop", "Eva Marin", "Scripted bare", "Plain bare"];
    let full = ["Scripted full", "Plain full"].map(|name| (name, "Full SRL"));
    for (name, company) in leads.map(|name| (name, "")).into_iter().chain(full) {
        let lead = json!({"name": name, "company": company});
        assert_eq!(api.post("leads", lead).await.status, 201);
    }
    app
}

/// Leads and statuses with names as long as they may get, with and without spaces.
async fn with_long_names() -> TestApp {
    let app = with_leads().await;
    let api = app.api(ALICE);
    let long = "Negotiating the terms of the framework contract";
    let body = json!({"name": long, "limit_days": 5});
    assert_eq!(api.post("lead_statuses", body).await.status, 201);
    let wide = |name: String, status| {
        let mut one = draft(&name).in_status(status, 90).worth(999_999_999_999);
        one.fields.company = TextLine::parse(&"Konglomerat ".repeat(8)).unwrap();
        one.from("Internationale Fachmesse").of(RADU)
    };
    let names = ["Nesfarsit".repeat(20), "Ana-Maria Popescu ".repeat(6)];
    let drafts = names.map(|name| wide(name.trim().to_owned(), long));
    make(&app, drafts.to_vec()).await;
    app
}

/// Fourteen stuck leads of Radu, with phones.
async fn fourteen_stuck() -> TestApp {
    let app = TestApp::sqlite().await;
    let stuck = |n: i64| {
        let one = draft(&format!("Stuck {n:02}")).in_status("Qualified", 100 - n);
        let mut one = one.of(RADU).worth(n * 100_000);
        one.fields.phone = TextLine::parse(&format!("+40 721 000 0{n:02}")).unwrap();
        one
    };
    make(&app, (1i64..=14).map(stuck).collect()).await;
    app
}

/// Leads at risk and stuck: a few, or enough for every state of the board and the stuck list.
async fn waiting(story: &str) -> TestApp {
    let app = TestApp::sqlite().await;
    let mut drafts = match story {
        "board" => vec![
            draft("Ana Pop").in_status("New", 2).worth(105_400),
            draft("Radu's own").in_status("New", 1).of(RADU),
            draft("Ion Rusu"),
        ],
        _ => vec![
            draft("Vasile Stuck")
                .in_status("New", 400)
                .of(RADU)
                .worth(9_999_999_900),
            draft("Maria Stuck").in_status("Qualified", 60).from("Fair"),
            draft("Elena At Risk").in_status("Qualified", 10),
            draft("Andrei Aside").in_status("Qualified", 30),
        ],
    };
    if story == "board" {
        let more = |n: i64| draft(&format!("Crowd {n:02}")).in_status("Proposal", 40 - n);
        drafts.extend((0i64..25).map(more));
    }
    let made = make(&app, drafts).await;
    if story != "board" {
        pause(&app, made[3], 9).await;
        note(
            &app,
            made[1],
            "Asked to be called again after the fair in May",
        )
        .await;
    }
    app
}

/// The port at which a story sends the seconds that the clock of its server goes on.
fn listen_for_seconds(app: &TestApp) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (port, clock) = (listener.local_addr().unwrap().port(), app.clock.clone());
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let seconds = io::read_to_string(&mut connection).unwrap();
            clock.advance(seconds.trim().parse().unwrap());
        }
    });
    port
}

/// The files of ten CRMs, written beside the database.
fn files_of_crms(app: &TestApp) -> serde_json::Value {
    let files = crm::crm_files()
        .into_iter()
        .enumerate()
        .map(|(number, file)| {
            let folder = app.dir().join(format!("crm-{number}"));
            fs::create_dir_all(&folder).unwrap();
            let path = folder.join(file.name);
            fs::write(&path, file.bytes).unwrap();
            json!({
                "name": file.name, "path": path, "status": file.own_status,
                "choices": file.choices, "system": number,
            })
        });
    files.collect()
}

fn run_story(story: &str, app: &TestApp, setup: &str) -> Result<(), Fault> {
    let setting = json!({
        "story": story,
        "base": app.base,
        "clock": listen_for_seconds(app),
        "screenshots": target().join("screenshots"),
        "files": match story {
            "crm_files" => files_of_crms(app),
            _ => json!([]),
        },
        "setup": setup,
        "token": app.token(ALICE),
        "people": {
            "alice": login(ALICE),
            "mara": login(MARA),
            "radu": login(RADU),
            "vera": login(VERA),
        },
    });
    match RUNNER.run(&setting.to_string()) {
        Ok(answer) if answer == "passed" => Ok(()),
        Ok(fault) => Err(Fault(fault)),
        Err(error) => Err(Fault(format!(
            "the process with the browser ended: {error}"
        ))),
    }
}
