//! The moves between the statuses of the demonstration, with their weights.

/// The next statuses by slug, with weights.
pub type NextStatuses = &'static [(&'static str, i64)];

/// The next statuses of each status.
const NEXT_STATUSES: [(&str, NextStatuses); 9] = [
    (
        "new",
        &[
            ("contacted", 80),
            ("qualified", 6),
            ("lost", 4),
            ("not-a-lead", 10),
        ],
    ),
    (
        "contacted",
        &[
            ("qualified", 54),
            ("demo", 4),
            ("lost", 28),
            ("not-a-lead", 7),
            ("nurture", 7),
        ],
    ),
    (
        "qualified",
        &[
            ("demo", 60),
            ("proposal", 11),
            ("contacted", 5),
            ("lost", 18),
            ("nurture", 6),
        ],
    ),
    (
        "demo",
        &[
            ("proposal", 62),
            ("negotiation", 5),
            ("qualified", 6),
            ("lost", 23),
            ("nurture", 4),
        ],
    ),
    ("trial", &[("proposal", 70), ("lost", 30)]),
    (
        "proposal",
        &[
            ("negotiation", 56),
            ("won", 13),
            ("demo", 3),
            ("lost", 24),
            ("nurture", 4),
        ],
    ),
    ("negotiation", &[("won", 64), ("proposal", 8), ("lost", 28)]),
    ("nurture", &[("contacted", 55), ("lost", 45)]),
    // Few leads return.
    ("lost", &[("contacted", 1)]),
];

/// The next statuses of a status; none if no lead leaves it.
pub fn next_statuses(from: &str) -> NextStatuses {
    let entry = NEXT_STATUSES.iter().find(|(slug, _)| *slug == from);
    entry.map_or(&[], |(_, ways)| ways)
}
