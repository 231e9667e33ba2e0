//! The newest of the leads that are at risk or stuck, whether they came into the database before their status or were
//! entered late.

use super::lead_builder::{LeadBuilder, draft, make};
use crate::support::{Browser, MARA, TestApp};

both!(every_lead_is_listed_in_the_order_of_creation);

const LIST: &str = "/admin/leads";

/// Days since it was made, days in its status, and the status.
type Age = (i64, i64, &'static str);

/// Leads in statuses with a limit and in one without; every third was entered late, some in the same moment.
fn ages() -> Vec<Age> {
    let statuses = ["Contacted", "Qualified", "Proposal", "Won"];
    let age = |number: i64| {
        let days = number * 7 % 45;
        let made = match number % 3 {
            0 => number % 4,
            _ => days + number % 5 * 6,
        };
        (made, days, statuses[number as usize % statuses.len()])
    };
    (0..180).map(age).collect()
}

/// Target and limit of the statuses of a fresh database.
fn bounds(status: &str) -> Option<(i64, i64)> {
    match status {
        "Contacted" => Some((5, 10)),
        "Qualified" => Some((7, 14)),
        "Proposal" => Some((14, 30)),
        _ => None,
    }
}

fn is_in_state(state: &str, (_, days, status): Age) -> bool {
    let Some((target, limit)) = bounds(status) else {
        return false;
    };
    match state {
        "stuck" => days >= limit,
        _ => days >= target && days < limit,
    }
}

async fn follow_pages(browser: &Browser, from: String, rel: &str) -> Vec<String> {
    let (mut ids, mut next) = (Vec::new(), Some(from));
    while let Some(address) = next {
        let page = browser.get(&address).await;
        let mut shown = page.attributes("tbody .check [name=ids]", "value");
        match rel {
            "next" => ids.extend(shown),
            // Backwards, the last page is the full first page.
            _ => {
                shown.retain(|id| !ids.contains(id));
                shown.extend(ids);
                ids = shown;
            }
        }
        next = page
            .attributes(&format!(".pager [rel={rel}]"), "href")
            .pop();
        assert!(ids.len() <= 200, "{rel} leads in circles");
    }
    ids
}

async fn every_lead_is_listed_in_the_order_of_creation(app: TestApp) {
    let ages = ages();
    let drafts = ages
        .iter()
        .enumerate()
        .map(|(number, (made, days, status))| {
            let draft: LeadBuilder = draft(&format!("Lead {number}"));
            draft.in_status(status, *days).made(*made)
        });
    let ids = make(&app, drafts.collect()).await;
    let browser = app.signed_in(MARA).await;
    for state in ["stuck", "at_risk"] {
        let mut expected: Vec<(i64, i64)> = ages
            .iter()
            .zip(&ids)
            .filter(|(age, _)| is_in_state(state, **age))
            .map(|((made, ..), id)| (*made, -id))
            .collect();
        expected.sort_unstable();
        let expected: Vec<String> = expected.iter().map(|(_, id)| (-id).to_string()).collect();
        assert!(expected.len() > 20, "more than a page of {state}");
        let list = format!("{LIST}?state={state}");
        assert_eq!(follow_pages(&browser, list.clone(), "next").await, expected);
        let end = format!("{list}&at=end");
        assert_eq!(follow_pages(&browser, end, "prev").await, expected);
        let reversed = format!("{list}&sort=created_at&at=end");
        let mut oldest = follow_pages(&browser, reversed, "prev").await;
        oldest.reverse();
        assert_eq!(oldest, expected, "{state} from the oldest");
        let few = format!("{list}&status=2");
        let of_status = follow_pages(&browser, few, "next").await;
        let contacted: Vec<&String> = expected
            .iter()
            .filter(|id| {
                let index = ids.iter().position(|known| known.to_string() == **id);
                index.is_some_and(|index| ages[index].2 == "Contacted")
            })
            .collect();
        assert_eq!(of_status.iter().collect::<Vec<_>>(), contacted, "{state}");
    }
}
