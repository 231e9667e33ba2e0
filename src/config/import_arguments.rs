//! The arguments of imports at the command line.

use std::path::PathBuf;

use clap::Args;

/// The arguments of `import leads` and `import visits`.
#[derive(Debug, Clone, Args)]
pub struct ImportArguments {
    pub file: PathBuf,
    /// Preview the changes without making them.
    #[arg(long)]
    pub dry_run: bool,
    /// Create missing statuses, as open ones after the last open one.
    #[arg(long)]
    pub make_statuses: bool,
    /// Map a column with COLUMN=FIELD; COLUMN= leaves it out.
    #[arg(long)]
    pub map: Vec<String>,
    /// Read a name of a status in the file as another one with WORD=STATUS.
    #[arg(long)]
    pub status: Vec<String>,
    /// Currency of values without one; EUR for new leads by default.
    #[arg(long)]
    pub currency: Option<String>,
    /// Find leads by external_ref or by email: reference or email.
    #[arg(long = "match", value_name = "BY")]
    pub match_by: Option<String>,
    /// System of the file: its references are looked for, and kept, within this system.
    #[arg(long)]
    pub system: Option<String>,
    /// When the file was made, if not when it was last changed: leads that were changed here since are named.
    #[arg(long, value_name = "TIME")]
    pub made_at: Option<String>,
    /// Import leads that don't meet the rules of their status too, for this reason.
    #[arg(long = "override", value_name = "REASON")]
    pub override_reason: Option<String>,
    #[command(flatten)]
    pub read: ReadArguments,
    /// How dates are written, such as day.month.year or month/day/year; for one column with COLUMN=FORMAT.
    #[arg(long)]
    pub date_format: Vec<String>,
    /// Mark before the cents: point or comma. Without it, amounts that could be two are refused.
    #[arg(long)]
    pub decimal_mark: Option<String>,
    /// Import the good lines and leave out those with errors.
    #[arg(long)]
    pub skip_bad_lines: bool,
    /// Keep the columns that are no field as extra fields of the leads; one alone with --map COLUMN=extra.
    #[arg(long)]
    pub keep_other_columns: bool,
}

/// How a file is read; what is not given is guessed and printed.
#[derive(Debug, Clone, Args)]
pub struct ReadArguments {
    /// Encoding of a text file, such as windows-1250.
    #[arg(long)]
    pub encoding: Option<String>,
    /// Separator of a CSV file: comma, semicolon, tab, pipe, or the character.
    #[arg(long)]
    pub separator: Option<String>,
    /// Line of the column titles.
    #[arg(long)]
    pub header_line: Option<String>,
    /// Sheet of a workbook.
    #[arg(long)]
    pub sheet: Option<String>,
    /// Erase values for which the file has blank cells; otherwise blank cells change nothing.
    #[arg(long)]
    pub blank_erases: bool,
    /// Read n/a, -, NULL and the like as blank cells.
    #[arg(long)]
    pub blank_words: bool,
}

impl ReadArguments {
    /// A choice by the name of its field in forms.
    pub fn text(&self, name: &str) -> Option<&str> {
        match name {
            "encoding" => self.encoding.as_deref(),
            "separator" => self.separator.as_deref(),
            "header_line" => self.header_line.as_deref(),
            "sheet" => self.sheet.as_deref(),
            _ => None,
        }
    }
}
