//! CSV as programs write it.

use super::people::{self, Person};

/// How a program writes CSV.
pub struct Csv {
    pub separator: &'static str,
    /// True if every cell has quotes.
    pub quotes_all: bool,
    pub line_end: &'static str,
}

pub const COMMA: Csv = Csv {
    separator: ",",
    quotes_all: false,
    line_end: "\n",
};

impl Csv {
    fn line(&self, cells: &[&str]) -> String {
        let cell = |cell: &&str| {
            let needs_quotes = cell.contains([',', ';', '"', '\n']) || self.quotes_all;
            match needs_quotes {
                true => format!("\"{}\"", cell.replace('"', "\"\"")),
                false => (*cell).to_owned(),
            }
        };
        let cells: Vec<String> = cells.iter().map(cell).collect();
        cells.join(self.separator) + self.line_end
    }

    /// A line of titles, and one for each person.
    pub fn file(&self, titles: &[&str], row: impl Fn(&Person) -> Vec<String>) -> String {
        let rows = people::all().into_iter().map(|person| {
            let cells = row(&person);
            self.line(&cells.iter().map(String::as_str).collect::<Vec<_>>())
        });
        self.line(titles) + &rows.collect::<String>()
    }
}

pub fn owned<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).into()
}
