use serde::{Deserialize, Serialize};

use crate::files::Record;
use crate::files::titles::list_of_titles;
use crate::i18n::Message;

/// Receives the line and the cells of each row of a sheet; false ends the reading.
pub type OnSheetRow<'a> = dyn FnMut(usize, &Record) -> Result<bool, Message> + 'a;

/// The sheet that was read, and the rows and columns that were left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SheetNotes {
    /// The sheet that was read.
    pub sheet: String,
    /// The other visible sheets.
    pub others: Vec<String>,
    /// The hidden sheets.
    pub hidden_sheets: Vec<String>,
    /// How many hidden rows with data were left out.
    pub hidden_rows: usize,
    /// Indexes of hidden columns, from 0. They are read, and no field is guessed for them.
    pub hidden_columns: Vec<usize>,
}

impl SheetNotes {
    /// The sentences about a sheet with these titles: which one was read, and what was left out.
    pub fn messages(&self, titles: &[String]) -> Vec<Message> {
        let list = |key, name, texts: &[String]| {
            (!texts.is_empty()).then(|| Message::new(key).with(name, list_of_titles(texts)))
        };
        let has_others = !self.others.is_empty() || !self.hidden_sheets.is_empty();
        let hidden = self.hidden_columns.iter().filter_map(|at| titles.get(*at));
        let hidden: Vec<String> = hidden.filter(|title| !title.is_empty()).cloned().collect();
        let rows = self.hidden_rows;
        let messages = [
            has_others.then(|| Message::new("import-sheet-read").with("sheet", &*self.sheet)),
            list("import-sheets-others", "sheets", &self.others),
            list("import-sheets-hidden", "sheets", &self.hidden_sheets),
            (rows > 0).then(|| Message::new("import-rows-hidden").with("count", rows)),
            list("import-columns-hidden", "columns", &hidden),
        ];
        messages.into_iter().flatten().collect()
    }
}
