//! Packages of npm and PyPI that tests run. They are installed below `target`, again where their list has changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder below `target`.
pub fn stage(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("..").join(name)
}

/// A Python with the packages of a list, in a folder below `target`. `None` where that isn't possible: a failure under
/// `CI`, else a line that says what was skipped.
pub fn python(list: &Path, name: &str) -> Option<PathBuf> {
    match install_python(list, &stage(name)) {
        Ok(python) => Some(python),
        Err(reason) => {
            assert!(std::env::var_os("CI").is_none(), "{reason}");
            println!("skipped: {reason}");
            None
        }
    }
}

fn install_python(list: &Path, stage: &Path) -> Result<PathBuf, String> {
    let stamp = stage.join(".installed");
    let (python, expected) = (stage.join("bin/python"), fs::read(list).unwrap());
    if fs::read(&stamp).is_ok_and(|installed| installed == expected) {
        return Ok(python);
    }
    let check = "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))";
    run(Command::new("python3").args(["-c", check]))
        .map_err(|_| "Python 3.11 or newer with venv is missing".to_owned())?;
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(stage))?;
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--requirement",
    ];
    run(Command::new(&python).args(install).arg(list))?;
    fs::write(stamp, expected).unwrap();
    Ok(python)
}

/// Installs the packages of the lock file in a folder. `before` and `after` run only if that is needed.
pub fn npm_ci(folder: &Path, before: impl FnOnce(), after: impl FnOnce()) {
    let lock = fs::read(folder.join("package-lock.json")).unwrap();
    let stamp = folder.join(".installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return;
    }
    let _ = fs::remove_file(&stamp);
    before();
    let install = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefer-offline",
    ];
    run(Command::new("npm").args(install).current_dir(folder)).unwrap();
    after();
    fs::write(stamp, lock).unwrap();
}

/// Runs a command; returns what it printed, as an error if it failed.
pub fn run(command: &mut Command) -> Result<String, String> {
    let line = format!("{:?}", command.get_args().collect::<Vec<_>>());
    let done = command.output().map_err(|e| format!("{line}: {e}"))?;
    let printed = [done.stdout, done.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    match done.status.success() {
        true => Ok(printed),
        false => Err(format!("{line}:\n{printed}")),
    }
}
