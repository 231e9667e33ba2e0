//! The tiles: one number each, with its change to the period before.

use chrono::NaiveDate;

use crate::clock::DAY_SECONDS;
use crate::i18n::Arg;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::{Figures, Series};
use crate::reports::http::paths::{LEADS_PATH, STUCK_LEADS_PATH};
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::wording::{amounts, days, duration, rate, share, share_interval};

/// How a number changed.
pub struct TileChange {
    /// `up`, `down` or `same`.
    pub direction: &'static str,
    /// `good`, `bad`, or empty.
    pub tone: &'static str,
    pub text: String,
}

/// A tile.
pub struct Tile {
    pub label: &'static str,
    pub value: String,
    /// Where the number leads; empty where it leads nowhere.
    pub href: String,
    pub note: String,
    pub change: Option<TileChange>,
}

/// What the tiles are made from.
pub struct TileSource<'a> {
    pub context: ReportContext<'a>,
    pub before: Option<&'a Figures>,
}

impl TileSource<'_> {
    /// All tiles.
    pub fn tiles(&self) -> Vec<Tile> {
        vec![
            self.open(),
            self.win_rate(),
            self.days_to_win(),
            self.at_risk(),
            self.stuck(),
            self.velocity(),
        ]
    }

    fn tile(&self, key: &'static str, value: String, href: String, note: String) -> Tile {
        Tile {
            label: self.context.t(key),
            value,
            href,
            note,
            change: None,
        }
    }

    fn open(&self) -> Tile {
        let before = self.end_of_before().map(|series| {
            let open = series.open.iter();
            open.filter_map(|(_, values)| values.last()).sum::<i64>()
        });
        let current = &self.context.figures.current;
        let values = amounts(self.context.lang, &current.open_or_paused_values);
        let tile = self.tile(
            "report-tile-open",
            self.context.number(current.open_or_paused),
            self.context
                .visits_href(CountedSet::OpenOrPausedOn(self.context.day())),
            self.at_that_time(values),
        );
        Tile {
            change: before.map(|before| {
                self.change(self.context.figures.current.open_or_paused - before, "")
            }),
            ..tile
        }
    }

    fn win_rate(&self) -> Tile {
        let resolved = self.context.figures.funnel.resolved;
        let now = resolved.share();
        let before = self
            .before
            .and_then(|before| before.funnel.resolved.share());
        let note = match &now {
            None => self.context.t("report-tile-nothing-closed").to_owned(),
            Some(rate) => {
                let args = [
                    ("interval", share_interval(rate).into()),
                    ("won", resolved.won.into()),
                    ("closed", (resolved.won + resolved.lost).into()),
                ];
                self.context.say("report-tile-won-of", &args)
            }
        };
        let change = now.as_ref().zip(before.as_ref()).map(|(now, before)| {
            let points = ((now.value - before.value) * 100.0).round() as i64;
            let keys = match now.overlaps(before) {
                true => [
                    "report-change-points-up-chance",
                    "report-change-points-down-chance",
                ],
                false => ["report-change-points-up", "report-change-points-down"],
            };
            let tone = if now.overlaps(before) { "" } else { "good" };
            self.change_of(points, keys, points.abs().into(), tone)
        });
        let value = now
            .as_ref()
            .map_or_else(|| "–".to_owned(), |rate| share(rate.value));
        let href = self.context.visits_href(CountedSet::ResolvedWon);
        Tile {
            change,
            ..self.tile("report-tile-win-rate", value, href, note)
        }
    }

    fn days_to_win(&self) -> Tile {
        let now = self.context.figures.wins.median_seconds;
        let before = self.before.and_then(|before| before.wins.median_seconds);
        let lang = self.context.lang;
        let change = now.zip(before).map(|(now, before)| {
            // Less than a day is no difference between medians of days.
            let change = (now - before) / DAY_SECONDS;
            let text = days(lang, change.abs());
            let keys = ["report-change-slower", "report-change-faster"];
            // Medians of few have wide intervals: a change is no verdict.
            self.change_of(change, keys, text.into(), "")
        });
        let value = now.map_or_else(|| "–".to_owned(), |seconds| duration(lang, seconds));
        let won = self.context.figures.funnel.resolved.won;
        let note = self.context.count("report-tile-days-note", won);
        let href = self.context.visits_href(CountedSet::ResolvedWon);
        Tile {
            change,
            ..self.tile("report-tile-days", value, href, note)
        }
    }

    fn at_risk(&self) -> Tile {
        let before = self.end_of_before();
        let before = before.and_then(|series| series.at_risk.last());
        let href = self.leads(LEADS_PATH, "at_risk", CountedSet::AtRiskOn);
        let value = self.context.number(self.context.figures.current.at_risk);
        let note = self.at_that_time(self.context.t("report-tile-at-risk-note").to_owned());
        Tile {
            change: before
                .map(|before| self.change(self.context.figures.current.at_risk - before, "bad")),
            ..self.tile("report-tile-at-risk", value, href, note)
        }
    }

    fn stuck(&self) -> Tile {
        let before = self.end_of_before().and_then(|series| series.stuck.last());
        let href = self.leads(STUCK_LEADS_PATH, "", CountedSet::StuckOn);
        let value = self.context.number(self.context.figures.current.stuck);
        let values = &self.context.figures.current.stuck_values;
        let note = self.at_that_time(amounts(self.context.lang, values));
        Tile {
            change: before
                .map(|before| self.change(self.context.figures.current.stuck - before, "bad")),
            ..self.tile("report-tile-stuck", value, href, note)
        }
    }

    /// The velocity in the currency of most leads; others in the note.
    fn velocity(&self) -> Tile {
        let lang = self.context.lang;
        let velocities = &self.context.figures.wins.velocities;
        let mut texts = velocities
            .iter()
            .filter_map(|velocity| Some(rate(lang, velocity.cents_per_day?, velocity.currency)));
        let value = texts.next().unwrap_or_else(|| "–".to_owned());
        let others: Vec<String> = texts.collect();
        let won = velocities.first().map_or(0, |velocity| velocity.won);
        let formula = match others.is_empty() {
            true => self.context.t("report-tile-velocity-note").to_owned(),
            false => others.join(", "),
        };
        let note = match won {
            0 => formula,
            won => format!(
                "{} · {formula}",
                self.context.count("report-tile-velocity-won", won)
            ),
        };
        let change = velocities.first().and_then(|now| {
            let before = self.before?.wins.velocities.iter();
            let before = before.filter(|one| one.currency == now.currency);
            let before = before.filter_map(|one| one.cents_per_day).next()?;
            let change = now.cents_per_day? - before;
            let text = rate(lang, change.abs(), now.currency);
            let keys = ["report-change-more", "report-change-less"];
            Some(self.change_of(change.round() as i64, keys, text.into(), ""))
        });
        Tile {
            change,
            ..self.tile("report-tile-velocity", value, String::new(), note)
        }
    }

    /// A note that says when: today, or on the day of a fixed instant.
    fn at_that_time(&self, note: String) -> String {
        let when = match self.context.query.now {
            None => self.context.t("report-tile-today").to_owned(),
            Some(_) => {
                let day = self.context.lang.date(self.context.day());
                self.context.say("report-tile-on", &[("day", day.into())])
            }
        };
        match note.as_str() {
            "" => when,
            note => format!("{when} · {note}"),
        }
    }

    /// A list of leads with the filters of the report; where the lists can't show them, the leads that were there then.
    fn leads(&self, path: &str, state: &str, set_on: fn(NaiveDate) -> CountedSet) -> String {
        match self.context.lists_show_these() {
            true => {
                let state = [("state", state.to_owned())];
                self.context.leads_href(path, &state)
            }
            false => self.context.visits_href(set_on(self.context.day())),
        }
    }

    /// The series of the period before, whose last numbers are compared; nothing if the period itself is over, since the
    /// numbers of the tiles are of now.
    fn end_of_before(&self) -> Option<&Series> {
        let is_current = self.context.figures.series.days.last() == Some(&self.context.day());
        let series = &self.before.filter(|_| is_current)?.series;
        (!series.days.is_empty()).then_some(series)
    }

    /// The change of a number of leads; `tone` is what more of them means.
    fn change(&self, change: i64, tone: &'static str) -> TileChange {
        let keys = ["report-change-many", "report-change-fewer"];
        let text = self.context.number(change.abs());
        self.change_of(change, keys, text.into(), tone)
    }

    /// A change in words: `keys` are the keys for an increase and a decrease, `up` is the tone of an increase.
    fn change_of(
        &self,
        change: i64,
        keys: [&'static str; 2],
        text: Arg,
        up: &'static str,
    ) -> TileChange {
        let args = [("value", text)];
        let (direction, tone, text) = match change {
            0 => ("same", "", self.context.t("report-change-none").to_owned()),
            1.. => ("up", up, self.context.say(keys[0], &args)),
            _ => ("down", opposite(up), self.context.say(keys[1], &args)),
        };
        TileChange {
            direction,
            tone,
            text,
        }
    }
}

fn opposite(tone: &'static str) -> &'static str {
    match tone {
        "good" => "bad",
        "bad" => "good",
        other => other,
    }
}
