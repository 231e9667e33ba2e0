//! What a workbook has: its sheets, and what of them is left out.

use serde::{Deserialize, Serialize};

use crate::files::Record;
use crate::files::titles::list_of_titles;
use crate::i18n::Message;

/// Called with the line and the cells of each row of a sheet.
pub type OnSheetRow<'a> = dyn FnMut(usize, &Record) -> Result<(), Message> + 'a;

/// Called with the index of a sheet in [`BookSummary`], and the line and the cells of each of its rows.
pub type OnBookRow<'a> = dyn FnMut(usize, usize, &Record) -> Result<(), Message> + 'a;

/// The sheets of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookSummary {
    /// The visible sheets.
    pub sheets: Vec<SheetSummary>,
    pub hidden_sheets: Vec<String>,
    /// Visible sheets that can't be read.
    pub unread_sheets: Vec<String>,
}

/// A sheet, and its rows and columns that are left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetSummary {
    #[serde(rename = "sheet")]
    pub name: String,
    /// The other visible sheets.
    pub others: Vec<String>,
    /// The hidden sheets.
    pub hidden_sheets: Vec<String>,
    /// The number of hidden rows with data, which are left out.
    pub hidden_rows: usize,
    /// Indexes of hidden columns, from 0. They are read, and no field is guessed for them.
    pub hidden_columns: Vec<usize>,
    /// Its rows with data.
    pub rows: usize,
    /// Its columns up to the last one with data.
    pub columns: usize,
    /// The offset of its rows in the file of unpacked rows.
    pub offset: u64,
}

impl BookSummary {
    /// The sheet of this name, or without one the first with data: with two rows or more, else with one. It names the
    /// other sheets.
    ///
    /// # Errors
    /// Returns the message to show if no visible sheet has this name, or none has data.
    pub fn sheet(&self, name: Option<&str>) -> Result<SheetSummary, Message> {
        let with_data = || self.sheets.iter().filter(|sheet| sheet.rows > 0);
        let sheet = match name {
            Some(name) => self.sheets.iter().find(|sheet| sheet.name == name.trim()),
            None => with_data()
                .find(|sheet| sheet.rows > 1)
                .or(with_data().next()),
        };
        let sheet = sheet.ok_or_else(|| match name {
            Some(name) => Message::new("import-sheet-unknown")
                .with("sheet", name)
                .with("sheets", list_of_titles(&self.names())),
            None => Message::new("import-empty"),
        })?;
        if sheet.rows == 0 {
            return Err(Message::new("import-empty"));
        }
        let names = self.names().into_iter().chain(self.unread_sheets.clone());
        Ok(SheetSummary {
            others: names.filter(|name| *name != sheet.name).collect(),
            hidden_sheets: self.hidden_sheets.clone(),
            ..sheet.clone()
        })
    }

    /// The names of the sheets to choose from.
    pub fn names(&self) -> Vec<String> {
        let sheets = self.sheets.iter().map(|sheet| sheet.name.clone());
        sheets.collect()
    }

    /// True if a sheet has a row below its header.
    pub fn has_data(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.rows > 1)
    }
}

impl SheetSummary {
    /// The messages about a sheet with these titles: its name, and what was left out.
    pub fn messages(&self, titles: &[String]) -> Vec<Message> {
        let list = |key, name, texts: &[String]| {
            (!texts.is_empty()).then(|| Message::new(key).with(name, list_of_titles(texts)))
        };
        let has_others = !self.others.is_empty() || !self.hidden_sheets.is_empty();
        let hidden = self
            .hidden_columns
            .iter()
            .filter_map(|index| titles.get(*index));
        let hidden: Vec<String> = hidden.filter(|title| !title.is_empty()).cloned().collect();
        let rows = self.hidden_rows;
        let messages = [
            has_others.then(|| Message::new("import-sheet-read").with("sheet", &*self.name)),
            list("import-sheets-others", "sheets", &self.others),
            list("import-sheets-hidden", "sheets", &self.hidden_sheets),
            (rows > 0).then(|| Message::new("import-rows-hidden").with("count", rows)),
            list("import-columns-hidden", "columns", &hidden),
        ];
        messages.into_iter().flatten().collect()
    }
}
