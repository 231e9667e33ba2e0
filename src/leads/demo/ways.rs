/// Statuses by slug, with the weight of going there.
pub type Ways = &'static [(&'static str, i64)];

/// Where a lead goes from each status, by weight.
const WAYS: [(&str, Ways); 9] = [
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
    // Few come back.
    ("lost", &[("contacted", 1)]),
];

/// Where a lead goes from a status, by weight; nowhere from one that no one leaves.
pub fn ways(from: &str) -> Ways {
    let known = WAYS.iter().find(|(slug, _)| *slug == from);
    known.map_or(&[], |(_, ways)| ways)
}
