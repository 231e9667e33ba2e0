//! A lead of the model: its history decides everything else.

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// One stay in one status; times in seconds since 1970.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Read from the server when the visit is first seen.
    pub id: Option<i64>,
    pub status: i64,
    pub entered: i64,
    pub left: Option<i64>,
    pub via: &'static str,
    pub voided: bool,
    /// When its clock was paused: from, and until.
    pub pauses: Vec<(i64, i64)>,
}

impl Visit {
    fn cut_pauses(&mut self, at: i64) {
        self.pauses.retain(|(from, _)| *from < at);
        for (_, until) in &mut self.pauses {
            *until = (*until).min(at);
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    pub reference: Option<String>,
    pub name: String,
    pub company: String,
    pub owner: Option<i64>,
    pub value: Option<i64>,
    pub paused_until: Option<i64>,
    pub in_bin: bool,
    pub version: i64,
    pub visits: Vec<Visit>,
}

impl Lead {
    pub fn new(name: &str, status: i64, via: &'static str, now: i64) -> Lead {
        let visit = Visit {
            id: None,
            status,
            entered: now,
            left: None,
            via,
            voided: false,
            pauses: Vec::new(),
        };
        Lead {
            reference: None,
            name: name.to_owned(),
            company: String::new(),
            owner: None,
            value: None,
            paused_until: None,
            in_bin: false,
            version: 1,
            visits: vec![visit],
        }
    }

    /// The visits that are not voided.
    pub fn valid_visits(&self) -> Vec<usize> {
        let all = 0..self.visits.len();
        all.filter(|index| !self.visits[*index].voided).collect()
    }

    /// The visit it is in.
    pub fn current(&self) -> &Visit {
        let open = |visit: &&Visit| visit.left.is_none() && !visit.voided;
        self.visits.iter().find(open).expect("one visit is open")
    }

    fn current_mut(&mut self) -> &mut Visit {
        let open = |visit: &&mut Visit| visit.left.is_none() && !visit.voided;
        let found = self.visits.iter_mut().find(open);
        found.expect("one visit is open")
    }

    pub fn status(&self) -> i64 {
        self.current().status
    }

    pub fn is_paused(&self, now: i64) -> bool {
        self.paused_until.is_some_and(|until| until > now)
    }

    /// Now − entry of the current visit, without the time paused.
    pub fn age(&self, now: i64) -> i64 {
        let visit = self.current();
        let paused = visit.pauses.iter();
        let paused: i64 = paused.map(|(from, until)| until.min(&now) - from).sum();
        now - visit.entered - paused
    }

    /// Moves it: a new visit with a new clock and without a pause.
    pub fn enter(&mut self, status: i64, at: i64, via: &'static str) {
        let visit = self.current_mut();
        let left = at.max(visit.entered);
        visit.left = Some(left);
        visit.cut_pauses(left);
        self.paused_until = None;
        self.visits
            .push(Lead::new("", status, via, left).visits.remove(0));
        self.version += 1;
    }

    /// Its status is replaced: it keeps age, clock and pause.
    pub fn replace_status(&mut self, status: i64, now: i64) {
        let kept = Visit {
            id: None,
            status,
            via: "replace",
            ..self.current().clone()
        };
        let visit = self.current_mut();
        visit.left = Some(now);
        visit.cut_pauses(now);
        self.visits.push(kept);
        self.version += 1;
    }

    /// Sets it aside until then, or takes it up again.
    pub fn pause(&mut self, until: Option<i64>, now: i64) {
        if until.is_none() && !self.is_paused(now) {
            return;
        }
        let visit = self.current_mut();
        visit.cut_pauses(now);
        visit.pauses.extend(until.map(|until| (now, until)));
        self.paused_until = until;
        self.version += 1;
    }

    /// The status it is in once this visit is voided, if that changes.
    pub fn falls_back_to(&self, index: usize) -> Option<i64> {
        let standing = self.valid_visits();
        let place = standing.iter().position(|other| *other == index)?;
        let is_last = place + 1 == standing.len() && place > 0;
        is_last.then(|| self.visits[standing[place - 1]].status)
    }

    /// Voids a move: the visit before runs on with the clock it had.
    pub fn void(&mut self, index: usize, now: i64) {
        let standing = self.valid_visits();
        let place = standing.iter().position(|other| *other == index);
        let place = place.expect("a visit that stands");
        let before = standing[place - 1];
        let next = standing
            .get(place + 1)
            .map(|next| self.visits[*next].entered);
        let voided = &mut self.visits[index];
        voided.voided = true;
        voided.left = voided.left.or(Some(now));
        let before = &mut self.visits[before];
        before.left = next.map(|next| next.max(before.entered));
        if next.is_none() {
            self.paused_until = None;
        }
        self.version += 1;
    }
}
