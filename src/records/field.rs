//! The editable fields of a record: an enum that names them, and the struct that holds their values. What treats all
//! fields alike (merges, snapshots, forms, files) is derived from these two.

use serde_json::{Map, Value};

use crate::i18n::Message;

/// An enum of the editable fields of a record.
pub trait Field: Copy + PartialEq + 'static {
    /// All fields, in the order of the form.
    const ALL: &'static [Self];

    /// The name in HTML, in the API and in files.
    fn name(self) -> &'static str;

    /// The catalogue key of the label.
    fn label(self) -> &'static str;

    /// True if its value is a list of lines.
    fn is_list(self) -> bool {
        false
    }

    /// True if its value is a list of objects.
    fn is_nested(self) -> bool {
        false
    }

    /// Fields with a higher rank are parsed later, because they depend on others.
    fn parse_rank(self) -> u8 {
        0
    }

    /// The field whose group it is merged and chosen with.
    fn merge_group(self) -> Self {
        self
    }

    /// The field with this name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }

    /// All fields in the order in which they are parsed.
    fn in_parse_order() -> Vec<Self> {
        let mut fields = Self::ALL.to_vec();
        fields.sort_by_key(|field| field.parse_rank());
        fields
    }

    /// The first fields of the groups that are merged and chosen together, in the order of the form.
    fn merge_groups() -> impl Iterator<Item = Self> {
        let fields = Self::ALL.iter().copied();
        fields.filter(|field| field.merge_group() == *field)
    }
}

/// The names of the fields, in the order of the form.
pub fn names<F: Field>() -> impl Iterator<Item = &'static str> {
    F::ALL.iter().map(|field| field.name())
}

/// The values of the editable fields of a record.
pub trait FieldValues: Clone {
    type Field: Field;
    /// The value of a field, for comparing and showing it.
    type Value<'a>: PartialEq
    where
        Self: 'a;

    /// The values of a record in which all fields are blank, also required ones.
    fn blank() -> Self;

    /// The value of a field.
    fn value(&self, field: Self::Field) -> Self::Value<'_>;

    /// A value as the audit log stores it.
    fn json(&self, field: Self::Field) -> Value;

    /// A value as forms and files write it; a list has a line for each item.
    fn text(&self, field: Self::Field) -> String {
        json_text(&self.json(field))
    }

    /// Sets a field from its text.
    ///
    /// # Errors
    /// Returns the message to show.
    fn parse(&mut self, field: Self::Field, text: &str) -> Result<(), Message>;

    /// Copies a field from `other`.
    fn copy_field(&mut self, field: Self::Field, other: &Self);

    /// True if the field has the same value in both.
    fn field_equals(&self, field: Self::Field, other: &Self) -> bool {
        self.value(field) == other.value(field)
    }

    /// The fields in which these differ from `other`, in the order of the form.
    fn changed_fields(&self, other: &Self) -> Vec<Self::Field> {
        let fields = Self::Field::ALL.iter().copied();
        fields
            .filter(|field| !self.field_equals(*field, other))
            .collect()
    }

    /// True if every field of the group has the same value in both.
    fn group_equals(&self, group: Self::Field, other: &Self) -> bool {
        let changed = self.changed_fields(other);
        !changed.iter().any(|field| field.merge_group() == group)
    }

    /// Copies every field of a group from `other`.
    fn copy_group(&mut self, group: Self::Field, other: &Self) {
        for field in Self::Field::ALL
            .iter()
            .filter(|field| field.merge_group() == group)
        {
            self.copy_field(*field, other);
        }
    }

    /// The values by name, for the audit log.
    fn to_json(&self) -> Map<String, Value> {
        let fields = Self::Field::ALL.iter();
        fields
            .map(|field| (field.name().to_owned(), self.json(*field)))
            .collect()
    }

    /// The values of an entry in the audit log; `None` if one is invalid today. A field that the entry doesn't have is
    /// read as empty.
    fn from_json(values: &Map<String, Value>) -> Option<Self> {
        let (record, is_valid) = Self::read_json(values);
        is_valid.then_some(record)
    }

    /// The values of an entry in the audit log, and true if all are valid today. Invalid ones are left blank.
    fn read_json(values: &Map<String, Value>) -> (Self, bool) {
        let (mut record, mut is_valid) = (Self::blank(), true);
        for field in Self::Field::in_parse_order() {
            let text = values.get(field.name()).map(json_text).unwrap_or_default();
            is_valid &= record.parse(field, &text).is_ok();
        }
        (record, is_valid)
    }
}

/// A value of the audit log as text; a list has a line for each item.
pub fn json_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let lines: Vec<String> = items.iter().map(json_text).collect();
            lines.join("\n")
        }
        other => other.to_string(),
    }
}
