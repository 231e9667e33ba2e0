//! The two datasets of files, leads and visits, and their fields.

use std::sync::LazyLock;

use crate::clock::Timestamp;
use crate::files::list_of_titles;
use crate::i18n::Message;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::known_titles::known_title;
use crate::leads::domain::lead::LeadField;
use crate::records::field::Field;
use crate::records::field_set::FieldSet;
use crate::records::mapping::Mapping;
use crate::words::word_enum;

word_enum! {
    /// The kind of the rows of a file, in the order of the menus.
    pub enum Dataset {
        Leads = "leads",
        Visits = "visits",
    }
}

/// A column of leads in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadFileColumn {
    Field(LeadField),
    Status,
    CreatedAt,
}

/// The columns of leads, in the order of export: the reference first, and the fields in the order of the form.
/// `Export::columns` leaves out the last two where no lead has such values.
pub static LEAD_FILE_COLUMNS: LazyLock<Vec<LeadFileColumn>> = LazyLock::new(|| {
    let mut columns = vec![LeadFileColumn::Field(LeadField::ExternalRef)];
    for field in LeadField::ALL.iter().filter(|field| {
        !matches!(
            field,
            LeadField::ExternalRef | LeadField::ExternalSystem | LeadField::Extra
        )
    }) {
        columns.push(LeadFileColumn::Field(*field));
        if *field == LeadField::Owner {
            columns.push(LeadFileColumn::Status);
        }
    }
    columns.push(LeadFileColumn::CreatedAt);
    columns.push(LeadFileColumn::Field(LeadField::ExternalSystem));
    columns.push(LeadFileColumn::Field(LeadField::Extra));
    columns
});

impl LeadFileColumn {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            LeadFileColumn::Field(field) => field.name(),
            LeadFileColumn::Status => "status",
            LeadFileColumn::CreatedAt => "created_at",
        }
    }
}

/// The names of the columns of leads.
static LEAD_COLUMN_NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    LEAD_FILE_COLUMNS
        .iter()
        .map(|column| column.name())
        .collect()
});

/// The choice for a column that is imported as an extra field.
pub const EXTRA_FIELD: &str = "extra";

/// The fields of which import composes the name, where a file has none.
const NAME_PARTS: [&str; 2] = ["first_name", "last_name"];

/// The fields of leads that import reads.
static LEAD_IMPORT_FIELDS: LazyLock<FieldSet> = LazyLock::new(|| FieldSet {
    fields: LEAD_COLUMN_NAMES
        .iter()
        .copied()
        .chain(NAME_PARTS)
        .chain(["reason"])
        .collect::<Vec<_>>()
        .leak(),
    label: field_label,
    former_label: former_field_label,
    known_title,
    multi_column_fields: &["email", "phone"],
    extra: Some(EXTRA_FIELD),
    shares_columns: true,
});

/// The fields of visits that import reads.
const VISIT_IMPORT_FIELDS: FieldSet = FieldSet {
    fields: &[
        "external_ref",
        "status",
        "entered_at",
        "actor",
        "reason",
        "note",
        "voided_at",
        "external_system",
    ],
    label: field_label,
    former_label: former_field_label,
    known_title,
    multi_column_fields: &[],
    extra: None,
    shares_columns: true,
};

/// The names of the columns of visits that export writes: all that the reports count. `Export::columns` leaves out the
/// last where no lead has a system.
const VISIT_COLUMN_NAMES: &[&str] = &[
    "external_ref",
    "status",
    "entered_at",
    "left_at",
    "via",
    "actor",
    "reason",
    "note",
    "voided_at",
    "external_system",
];

impl Dataset {
    /// True for the title of a field.
    pub fn is_title(self, title: &str) -> bool {
        self.field_set().is_title(title)
    }

    /// The fields that import reads.
    pub fn field_set(self) -> &'static FieldSet {
        match self {
            Dataset::Leads => &LEAD_IMPORT_FIELDS,
            Dataset::Visits => &VISIT_IMPORT_FIELDS,
        }
    }

    /// The names of the fields that import reads.
    pub fn fields(self) -> &'static [&'static str] {
        self.field_set().fields
    }

    /// The columns that export writes, in their order.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Dataset::Leads => &LEAD_COLUMN_NAMES,
            Dataset::Visits => VISIT_COLUMN_NAMES,
        }
    }

    /// The dataset of a file with these titles: visits if they suit visits and no column names a lead.
    pub fn of_titles(titles: &[String]) -> Dataset {
        let leads = Mapping::guess(&LEAD_IMPORT_FIELDS, titles, &[]);
        let visits = Mapping::guess(&VISIT_IMPORT_FIELDS, titles, &[]);
        let mut names = ["name", "company", "first_name", "last_name"].into_iter();
        match !names.any(|field| leads.column(field).is_some())
            && Dataset::Visits.check(&visits).is_ok()
        {
            true => Dataset::Visits,
            false => Dataset::Leads,
        }
    }

    /// Checks that every required field has a column.
    ///
    /// # Errors
    /// The message that names the required fields.
    pub fn check(self, mapping: &Mapping) -> Result<(), Message> {
        let has = |field: &&str| mapping.column(field).is_some();
        let (key, fields, is_complete) = match self {
            Dataset::Leads => {
                let fields = ["name", "company", "external_ref"];
                let is_named = fields.iter().chain(&NAME_PARTS).any(has);
                ("lead-import-no-name", fields, is_named)
            }
            Dataset::Visits => {
                let fields = ["external_ref", "status", "entered_at"];
                ("lead-import-no-visit", fields, fields.iter().all(has))
            }
        };
        if is_complete {
            return Ok(());
        }
        Err(Message::new(key)
            .with("fields", fields.join(", "))
            .with("columns", list_of_titles(mapping.titles())))
    }
}

/// The catalogue key of a field's label.
pub fn field_label(field: &str) -> &'static str {
    match field {
        "status" => "lead-column-status",
        "created_at" => "lead-column-created",
        "first_name" => "lead-column-first-name",
        "last_name" => "lead-column-last-name",
        "entered_at" => "lead-column-entered",
        "actor" => "lead-column-actor",
        "note" => "lead-column-note",
        "voided_at" => "lead-column-voided",
        // A name that has no line here gets the label of the reason, which the test of labels refuses.
        name => LeadField::from_name(name).map_or("lead-column-reason", Field::label),
    }
}

/// The catalogue key of the label that a field had before.
fn former_field_label(field: &str) -> Option<&'static str> {
    match field {
        "created_at" => Some("lead-column-created-former"),
        "entered_at" => Some("lead-column-entered-former"),
        "actor" => Some("lead-column-actor-former"),
        _ => None,
    }
}

/// The reference of a lead without an external reference in files: `lead-` and its id.
pub fn fallback_ref(id: i64) -> String {
    format!("lead-{id}")
}

/// The id in a fallback reference; nothing for other texts.
pub fn parse_fallback_ref(text: &str) -> Option<i64> {
    let id = text.strip_prefix("lead-")?.parse().ok()?;
    (id > 0 && fallback_ref(id) == text).then_some(id)
}

/// The leads of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportScope {
    /// All leads that are not in the bin.
    All,
    /// The leads with these ids that are not in the bin.
    Ids(Vec<i64>),
    /// The leads that match a filter for a user at an instant; none of the bin.
    Matching {
        filter: Box<LeadFilter>,
        user_id: i64,
        now: Timestamp,
    },
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::i18n::Lang;
    use crate::records::mapping::ColumnChoice;

    #[test]
    fn each_field_has_a_label_of_its_own() {
        for dataset in Dataset::ALL {
            let labels: HashSet<_> = dataset
                .fields()
                .iter()
                .map(|name| field_label(name))
                .collect();
            assert_eq!(labels.len(), dataset.fields().len());
            let has_reason = dataset.fields().contains(&"reason");
            assert_eq!(labels.contains("lead-column-reason"), has_reason);
        }
    }

    #[test]
    fn a_fallback_reference_has_exactly_one_form() {
        assert_eq!(parse_fallback_ref(&fallback_ref(12)), Some(12));
        for other in [
            "lead-", "lead-012", "lead-+1", "lead-0", "Lead-1", "lead-1 ", "12",
        ] {
            assert_eq!(parse_fallback_ref(other), None, "{other}");
        }
    }

    fn titles(titles: &[&str]) -> Vec<String> {
        titles.iter().map(|title| (*title).to_owned()).collect()
    }

    fn parse(header: &[&str], arguments: &[&str]) -> Result<Mapping, &'static str> {
        let header = titles(header);
        let choices = ColumnChoice::parse_all(&LEAD_IMPORT_FIELDS, &titles(arguments));
        let mapping = choices.and_then(|choices| {
            let mapping = Mapping::parse(&LEAD_IMPORT_FIELDS, &header, &[], &choices)?;
            Dataset::Leads.check(&mapping).map(|()| mapping)
        });
        mapping.map_err(|message| message.key)
    }

    #[test]
    fn arguments_override_what_titles_say() {
        let mapping = parse(&["Name", "E-mail", "Companie", "x"], &[]).unwrap();
        assert_eq!(mapping.column("name"), Some(0));
        assert_eq!(mapping.column("email"), Some(1));
        assert_eq!(mapping.column("company"), Some(2));
        assert_eq!(mapping.unmapped_titles(Lang::En, &[]), ["x"]);
        let mapping = parse(&["name", "account"], &["Account=name", "account=company"]).unwrap();
        assert_eq!(
            (mapping.column("name"), mapping.column("company")),
            (Some(1), Some(1))
        );
        assert_eq!(mapping.unmapped_titles(Lang::En, &[]), ["name"]);
        let mapping = parse(&["name", "email"], &["email="]).unwrap();
        assert_eq!(mapping.column("email"), None);
        assert_eq!(
            parse(&["name=x", "y"], &["name=x=name"])
                .unwrap()
                .column("name"),
            Some(0)
        );
    }

    #[test]
    fn a_hidden_column_is_used_only_when_an_argument_names_it() {
        let header = titles(&["status", "name", "Name"]);
        let guess = Mapping::guess(&LEAD_IMPORT_FIELDS, &header, &[0, 1]);
        assert_eq!(
            (guess.column("status"), guess.column("name")),
            (None, Some(2))
        );
        let choices =
            ColumnChoice::parse_all(&LEAD_IMPORT_FIELDS, &titles(&["status=status"])).unwrap();
        let parsed = Mapping::parse(&LEAD_IMPORT_FIELDS, &header, &[0, 1], &choices).unwrap();
        assert_eq!(
            (parsed.column("status"), parsed.column("name")),
            (Some(0), Some(2))
        );
        assert_eq!(parsed.unmapped_titles(Lang::En, &[]), ["name"]);
    }

    #[test]
    fn files_of_visits_are_recognized_by_their_titles() {
        for (header, is_of_visits) in [
            (&["external_ref", "status", "entered_at"][..], true),
            (&["Referință externă", "Status", "Data intrării"], true),
            (&["Referință externă", "Status", "Intrat la", "Autor"], true),
            (&["external_ref", "name", "status", "entered_at"], false),
            (&["external_ref", "status", "created_at"], false),
        ] {
            assert_eq!(
                Dataset::of_titles(&titles(header)) == Dataset::Visits,
                is_of_visits,
                "{header:?}"
            );
        }
    }

    #[test]
    fn a_contradictory_mapping_is_refused() {
        for (header, arguments, key) in [
            (&["title"][..], &[][..], "lead-import-no-name"),
            (&["name", "NAME"], &[], "import-column-twice"),
            (&["a", "b"], &["a=name", "b=name"], "import-column-twice"),
            (&["name"], &["stage=status"], "import-map-column"),
            (&["name", "stage"], &["stage=stage"], "import-map-field"),
            (&["name"], &["stage"], "import-map-form"),
        ] {
            assert_eq!(parse(header, arguments), Err(key), "{header:?}");
        }
        let visits = Mapping::guess(
            &VISIT_IMPORT_FIELDS,
            &titles(&["external_ref", "status"]),
            &[],
        );
        assert!(Dataset::Visits.check(&visits).is_err());
    }
}
