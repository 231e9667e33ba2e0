//! Which sheets a workbook has, and in which files of the archive they are.

use std::collections::HashMap;
use std::io::{Read, Seek};

use quick_xml::events::{BytesStart, Event};

use crate::files::workbook::messages::not_a_workbook;
use crate::files::workbook::package::Package;
use crate::files::workbook::xml::{attribute, is_on};
use crate::i18n::Message;

/// The most sheets, and links between the files of a workbook.
const MAX_LINKS: usize = 2_000;
/// The most bytes of a name or a path.
const MAX_NAME: usize = 1_024;

/// The sheets that a workbook lists.
pub struct Contents {
    /// The folder of the workbook inside its file, with a slash at the end.
    folder: String,
    pub sheets: Vec<SheetEntry>,
    /// True if days are counted from 1904.
    pub is_1904: bool,
}

/// A sheet as the workbook lists it.
pub struct SheetEntry {
    pub name: String,
    pub path: String,
    pub is_hidden: bool,
}

/// A link to another file: its path and its kind.
struct Link {
    target: String,
    kind: String,
}

impl Contents {
    /// Reads the list of sheets, without those that have no cells.
    ///
    /// # Errors
    /// Returns the message to show if the file is no workbook.
    pub fn read<R: Read + Seek>(package: &Package<R>) -> Result<Contents, Message> {
        let roots = links(package, "_rels/.rels")?;
        let mut roots = roots.into_values();
        let root = roots.find(|link| link.kind.ends_with("/relationships/officeDocument"));
        let root = root.ok_or_else(not_a_workbook)?.target;
        let (folder, name) = root.rsplit_once('/').unwrap_or(("", &root));
        let mut contents = Contents {
            folder: match folder.trim_start_matches('/') {
                "" => String::new(),
                folder => format!("{folder}/"),
            },
            sheets: Vec::new(),
            is_1904: false,
        };
        let links = links(package, &contents.path(&format!("_rels/{name}.rels")))?;
        let mut xml = package
            .part(&contents.path(name))?
            .ok_or_else(not_a_workbook)?;
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "sheet" => contents.add_sheet(&tag, &links)?,
                    "workbookPr" => contents.is_1904 |= is_on(&tag, "date1904")?,
                    _ => {}
                },
                Event::Eof => return Ok(contents),
                _ => {}
            }
        }
    }

    fn add_sheet(
        &mut self,
        tag: &BytesStart,
        links: &HashMap<String, Link>,
    ) -> Result<(), Message> {
        let id = attribute(tag, "id")?.ok_or_else(not_a_workbook)?;
        let link = links.get(&*id).ok_or_else(not_a_workbook)?;
        if !link.kind.ends_with("/worksheet") {
            return Ok(());
        }
        if self.sheets.len() == MAX_LINKS {
            return Err(not_a_workbook());
        }
        let name = checked_length(attribute(tag, "name")?.unwrap_or_default())?;
        let state = attribute(tag, "state")?;
        self.sheets.push(SheetEntry {
            name,
            path: match link.target.strip_prefix('/') {
                Some(path) => path.to_owned(),
                None => self.path(&link.target),
            },
            is_hidden: state.is_some_and(|state| state != "visible"),
        });
        Ok(())
    }

    /// The path of a file beside the workbook.
    pub fn path(&self, name: &str) -> String {
        format!("{}{name}", self.folder)
    }
}

fn links<R: Read + Seek>(
    package: &Package<R>,
    path: &str,
) -> Result<HashMap<String, Link>, Message> {
    let mut xml = package.part(path)?.ok_or_else(not_a_workbook)?;
    let mut links = HashMap::new();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.local_name().as_ref() == "Relationship" => {
                let value = |name| checked_length(attribute(&tag, name)?.unwrap_or_default());
                let link = Link {
                    target: value("Target")?,
                    kind: value("Type")?,
                };
                links.insert(value("Id")?, link);
            }
            Event::Eof => return Ok(links),
            _ => {}
        }
        if links.len() > MAX_LINKS {
            return Err(not_a_workbook());
        }
    }
}

fn checked_length(text: std::borrow::Cow<str>) -> Result<String, Message> {
    match text.len() > MAX_NAME {
        true => Err(not_a_workbook()),
        false => Ok(text.into_owned()),
    }
}
