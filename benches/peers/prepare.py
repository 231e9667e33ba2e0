"""Makes what a run needs, unless it is there: the program, the packages, and a database for each side."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from datetime import date
from pathlib import Path

from dataset import write_leads
from sides import HERE, Django, LeadStatuses, environment, output_of

ROOT = HERE.parent.parent
TARGET = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
PLACE = TARGET / "peers"


def say(text: str):
    """Shows progress."""
    print(text, file=sys.stderr, flush=True)


def fingerprint(files: list[Path]) -> str:
    """A name for what these files say."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def binary() -> Path:
    """The program: the one that is given, else built."""
    if os.environ.get("BINARY"):
        return Path(os.environ["BINARY"]).absolute()
    subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True)
    return TARGET / "release/lead-statuses"


def packages() -> Path:
    """The virtual environment with Django."""
    wanted = HERE / "requirements.txt"
    directory = PLACE / f"venv-{fingerprint([wanted])}"
    if not (directory / "bin/gunicorn").exists():
        say("installing Django")
        venv.create(directory, clear=True, with_pip=True)
        install = [directory / "bin/python", "-m", "pip", "install", "--quiet", "--requirement", wanted]
        output_of(install, environment())
    return directory


def data(leads: int, program: Path, installed: Path) -> Path:
    """The directory with both databases; they are made anew each day, and when a schema or the dataset changes."""
    recipe = [HERE / "dataset.py", *HERE.glob("crm/*.py"), *ROOT.glob("migrations/sqlite/*/up.sql")]
    directory = PLACE / f"data-{leads}-{date.today()}-{fingerprint(recipe)}"
    if (directory / "ready").exists():
        return directory
    for old in PLACE.glob(f"data-{leads}-*"):
        shutil.rmtree(old)
    for name in ("django", "lead-statuses"):
        (directory / name).mkdir(parents=True)
    fill(directory, leads, LeadStatuses(directory / "lead-statuses", program), Django(directory / "django", installed))
    (directory / "ready").touch()
    return directory


def fill(directory: Path, leads: int, ours: LeadStatuses, theirs: Django):
    """Gives both the same statuses and leads."""
    say(f"making {leads} leads")
    statuses, file = directory / "statuses.csv", directory / "leads.csv"
    ours.make_statuses(statuses)
    write_leads(file, statuses, leads)
    ours.fill(file)
    theirs.fill(statuses, file)


def copied(directory: Path) -> Path:
    """A fresh copy of the data, so that every run begins with the same."""
    to = PLACE / "run"
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(directory, to)
    return to
