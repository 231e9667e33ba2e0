//! What the tests of import and export share.

use lead_statuses::leads::{self, Lead};

pub use crate::exchange::assert_sound;
use crate::support::TestApp;

/// Writes a file beside the database; returns its name.
pub fn write(app: &TestApp, name: &str, bytes: &[u8]) -> String {
    std::fs::write(app.dir().join(name), bytes).expect("a file");
    name.to_owned()
}

/// Imports a file of leads or visits; returns exit status, stdout and stderr.
pub fn import(app: &TestApp, dataset: &str, file: &str) -> (i32, String, String) {
    let name = write(app, &format!("{dataset}.csv"), file.as_bytes());
    app.run(&["import", dataset, &name])
}

/// Every lead, by id.
pub async fn leads_of(app: &TestApp) -> Vec<Lead> {
    let look = |conn: &mut lead_statuses::db::Conn| {
        let mut found = Vec::new();
        for id in 1..3_000 {
            match leads::find(conn, id) {
                Ok(lead) => found.push(lead),
                Err(lead_statuses::error::Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    };
    app.db.read(look).await.expect("leads")
}

/// The lead with this reference.
pub fn named<'a>(leads: &'a [Lead], reference: &str) -> &'a Lead {
    let mut all = leads.iter();
    let found = all.find(|lead| lead.fields.external_ref.as_str() == reference);
    found.unwrap_or_else(|| panic!("no lead {reference}"))
}

/// A file as a CRM exports it: unknown people, missing customers, and dates
/// and values in some rows only.
pub mod crm {
    pub const STATUSES: &str = "name,kind,color,isdefault,isconverted,target_days,limit_days,definition\n\
        Prospecting,open,#2a80e2,true,,7,14,We know them.\n\
        Engaging,open,#0090a8,,,45,90,\"A conversation, under way.\"\n\
        Won,won,#049a4e,,true,,,Ordered.\n\
        Lost,lost,#d24c49,,,,,They will not buy.\n";

    const AGENTS: [&str; 3] = ["Moses Frase", "Darcel Schlecht", "Zane Levy"];

    /// Stage, begin and end of a row: the stages take turns, the months too.
    pub fn row(number: usize) -> (&'static str, String, String) {
        let month = |number: usize| format!("2017-{:02}-01", number / 4 % 12 + 1);
        match number % 4 {
            1 => ("Prospecting", String::new(), String::new()),
            2 => ("Engaging", month(number), String::new()),
            3 => ("Won", "2016-12-01".to_owned(), month(number)),
            _ => ("Lost", "2016-12-01".to_owned(), month(number)),
        }
    }

    /// 400 rows.
    pub fn pipeline() -> String {
        let mut file = String::from(
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n",
        );
        for number in 1..=400 {
            let (stage, begin, end) = row(number);
            let account = if number % 7 == 0 { "" } else { "Cancity" };
            let value = match stage {
                "Won" => (1_000 + number).to_string(),
                "Lost" => "0".to_owned(),
                _ => String::new(),
            };
            let agent = AGENTS[number % 3];
            file.push_str(&format!(
                "R{number:04},{agent},GTX Plus,{account},{stage},{begin},{end},{value}\n"
            ));
        }
        file
    }
}

/// The dates of the same file, a line each.
pub fn crm_visits() -> String {
    let mut file = String::from("external_ref,status,entered_at\n");
    for number in 1..=400 {
        let (stage, begin, end) = crm::row(number);
        if !begin.is_empty() {
            file.push_str(&format!("R{number:04},Engaging,{begin}\n"));
        }
        if !end.is_empty() {
            file.push_str(&format!("R{number:04},{stage},{end}\n"));
        }
    }
    file
}
