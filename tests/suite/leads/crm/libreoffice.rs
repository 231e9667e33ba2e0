//! Workbooks as LibreOffice saves them.

use std::fs;
use std::process::Command;

use super::CrmFile;
use crate::support::packages::run;

/// True where LibreOffice is installed.
pub fn is_installed() -> bool {
    Command::new("soffice").arg("--version").output().is_ok()
}

/// A workbook as LibreOffice saves it, where that is installed; any other file as it is.
pub fn saved(file: CrmFile) -> CrmFile {
    let is_workbook = file.name.ends_with(".xlsx");
    if is_workbook && !is_installed() {
        println!(
            "skipped: LibreOffice is missing, so {} is as a library wrote it",
            file.name
        );
    }
    match is_workbook && is_installed() {
        true => CrmFile {
            bytes: saved_again(&file.bytes),
            ..file
        },
        false => file,
    }
}

/// A workbook, opened and saved by LibreOffice.
pub fn saved_again(bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("book.xlsx"), folder.path().join("saved"));
    fs::write(&from, bytes).unwrap();
    let profile = folder.path().join("profile");
    let profile = format!("-env:UserInstallation=file://{}", profile.display());
    let mut office = Command::new("soffice");
    office.args(["--headless", &profile, "--convert-to", "xlsx", "--outdir"]);
    run(office.arg(&to).arg(&from)).unwrap();
    fs::read(to.join("book.xlsx")).unwrap()
}
