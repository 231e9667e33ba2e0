//! What pages weigh: bytes of HTML, bytes sent, elements, and the first view with its assets; with 25 and 51 statuses,
//! and more leads in each open one than its column of the board shows.

use std::fmt::Write as _;

use lead_statuses::web::assets::{
    APP_JS, Asset, FAVICON_SVG, GEIST_LATIN_EXT_WGHT_NORMAL_WOFF2, GEIST_LATIN_WGHT_NORMAL_WOFF2,
    ICONS_SVG, STYLE_CSS,
};

use super::server::{BenchServer, EMAIL, GZIP, command};

const STATUSES: [usize; 2] = [25, 51];
/// Leads in each open status; a column of the board shows 20.
const LEADS: usize = 25;
/// What a browser fetches with the first page that shows Romanian names.
const ASSETS: [Asset; 6] = [
    APP_JS,
    STYLE_CSS,
    ICONS_SVG,
    FAVICON_SVG,
    GEIST_LATIN_WGHT_NORMAL_WOFF2,
    GEIST_LATIN_EXT_WGHT_NORMAL_WOFF2,
];
/// Name, path and whether it is a call.
const ASKED: [(&str, &str, bool); 9] = [
    (
        "status list, 50 rows",
        "/admin/leads/statuses?per=50",
        false,
    ),
    ("leads, 20 rows", "/admin/leads", false),
    ("leads, 100 rows", "/admin/leads?per=100", false),
    ("stuck list, 20 rows", "/admin/leads/stuck", false),
    ("board", "/admin/leads/board", false),
    ("a lead", "/admin/leads/1", false),
    ("a status", "/admin/leads/statuses/1", false),
    ("API statuses", "/api/lead_statuses", true),
    ("API leads, 100", "/api/leads?page=1&per_page=100", true),
];

/// Prints a table for each number of statuses.
pub fn print() {
    for statuses in STATUSES {
        let bench = BenchServer::with_statuses(statuses);
        add_leads(&bench, statuses);
        println!("\n{statuses} statuses, {LEADS} leads in each open one");
        println!(
            "{:<24}{:>10}{:>10}{:>10}{:>12}",
            "", "bytes", "sent", "elements", "first view"
        );
        for (name, path, is_call) in ASKED {
            line(&bench, name, path, is_call);
        }
    }
}

fn line(bench: &BenchServer, name: &str, path: &str, is_call: bool) {
    let plain = bench.read(path, is_call, "").fetch();
    let sent = bench.read(path, is_call, GZIP).fetch().len();
    let assets: usize = ASSETS.iter().map(Asset::transfer_size).sum();
    let mut line = format!("{name:<24}{:>10}{sent:>10}", plain.len());
    if !is_call {
        let _ = write!(line, "{:>10}{:>12}", elements(&plain), sent + assets);
    }
    println!("{line}");
}

/// The elements of a page; those in a template are not part of it yet.
fn elements(html: &[u8]) -> usize {
    let html = String::from_utf8_lossy(html);
    let mut parts = html.split("<template");
    let first = parts.next().unwrap_or_default();
    let others = parts.filter_map(|part| part.split_once("</template>"));
    let count = |html: &str| {
        let tags = html.split('<').skip(1);
        tags.filter(|tag| tag.starts_with(|first: char| first.is_ascii_alphabetic()))
            .count()
    };
    count(first) + others.map(|(_, rest)| 1 + count(rest)).sum::<usize>()
}

/// Leads that entered their status months ago, by the command line.
fn add_leads(bench: &BenchServer, statuses: usize) {
    let mut file = "external_ref,name,company,owner,status,value,currency,created_at\n".to_owned();
    let names = ["New", "Contacted", "Qualified", "Proposal"].map(str::to_owned);
    let stages = (6..statuses).map(|number| format!("Stage {number}"));
    for (at, status) in names.into_iter().chain(stages).enumerate() {
        for lead in 0..LEADS {
            let n = at * LEADS + lead;
            let day = n % 28 + 1;
            let _ = writeln!(
                file,
                "w{n},Ștefania Popescu {n},Întreprinderea {n} SRL,{EMAIL},{status},{n}000,EUR,2026-01-{day:02}"
            );
        }
    }
    let path = bench.dir().join("leads.csv");
    std::fs::write(&path, file).expect("a file");
    command(
        bench.dir(),
        &["import", "leads", &path.display().to_string()],
        "",
    );
}
