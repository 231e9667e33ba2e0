//! The people of the files: invented, with letters that windows-1252 has too.

/// A lead as every file has it.
#[derive(Debug, Clone)]
pub struct Person {
    pub number: usize,
    pub first: &'static str,
    pub last: &'static str,
    pub company: &'static str,
    pub city: &'static str,
    pub country: &'static str,
    pub source: &'static str,
    pub job: &'static str,
    pub owner: &'static str,
    pub cents: i64,
    /// Year, month, day, hour, minute.
    pub created: (u16, u32, u32, u32, u32),
}

const FIRST: [&str; 8] = ["Ana", "José", "Jürgen", "Zoé", "Ion", "Márta", "Åsa", "Dan"];
const LAST: [&str; 7] = [
    "Popescu",
    "Müller",
    "García",
    "O’Neill",
    "Weiß",
    "Kovács",
    "Smith-Jones",
];
const COMPANIES: [(&str, &str, &str); 5] = [
    ("Müller & Söhne GmbH", "Köln", "Germany"),
    ("Dacia Fields, SRL", "Cluj-Napoca", "Romania"),
    ("Café \"Zürich\" AG", "Zürich", "Switzerland"),
    ("Northwind Traders", "York", "United Kingdom"),
    ("Acme; Partners", "Málaga", "Spain"),
];
const STATUSES: [&str; 6] = ["New", "Contacted", "", "Qualified", "Won", "Lost"];

/// Twenty-four people.
pub fn all() -> Vec<Person> {
    let one = |number: usize| {
        let (company, city, country) = COMPANIES[number % COMPANIES.len()];
        Person {
            number,
            first: FIRST[number % FIRST.len()],
            last: LAST[number % LAST.len()],
            company,
            city,
            country,
            source: ["Web", "Trade fair", "Referral"][number % 3],
            job: ["Head of Sales", "CEO", "Buyer"][number % 3],
            owner: ["Alice Pop", "Mara Ionescu"][number % 2],
            cents: 105_450 + number as i64 * 1_234_567,
            created: (
                2025,
                1 + (number as u32 % 9),
                1 + (number as u32 * 5 % 28),
                9 + (number as u32 % 8),
                number as u32 * 7 % 60,
            ),
        }
    };
    (1..=24).map(one).collect()
}

impl Person {
    pub fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    pub fn email(&self) -> String {
        format!("lead{:02}@example.com", self.number)
    }

    pub fn phone(&self) -> String {
        format!("+40 722 000 0{:02}", self.number)
    }

    /// The day of creation as ISO writes it.
    pub fn day(&self) -> String {
        let (year, month, day, ..) = self.created;
        format!("{year}-{month:02}-{day:02}")
    }

    /// The word for the status; `own` is that of a program for one that doesn't exist here.
    pub fn status(&self, own: &'static str) -> &'static str {
        match STATUSES[self.number % STATUSES.len()] {
            "" => own,
            word => word,
        }
    }

    /// The value with these marks between thousands and before the cents.
    pub fn amount(&self, thousands: &str, decimal: &str) -> String {
        let digits = (self.cents / 100).to_string();
        let mut whole = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                whole.push_str(thousands);
            }
            whole.push(digit);
        }
        format!("{whole}{decimal}{:02}", self.cents % 100)
    }
}
