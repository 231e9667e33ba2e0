"""The data of both: statuses and leads as CSV files, made at random from a fixed seed."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

STATUSES = 25
DAYS = 2 * 365
# Open leads are recent, so that of each state (on track, at risk, stuck) there are some.
OPEN_SHARE = 0.25
OPEN_DAYS = 20
OWNERS = [f"rep{number}@example.com" for number in range(1, 11)]
SOURCES = ["Website", "Referral", "Trade fair", "Cold call", "Partner", "LinkedIn"]
# `crm.models` lists the sources and the currencies too.
CURRENCIES = ["EUR"] * 16 + ["RON"] * 3 + ["USD"]
FIRST = (
    "Ana Andrei Bianca Bogdan Carmen Cristian Dana Daniel Elena Emil Florin Gabriela George Horia Ioana Ion Irina "
    "Laura Liviu Lucian Maria Marius Mihai Monica Nicolae Oana Paul Radu Raluca Roxana Sandu Simona Sorin Stefan "
    "Teodora Tudor Valentin Vasile Victor Vlad"
).split()
LAST = (
    "Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu Constantin Marin Florea Dinu "
    "Georgescu Moldovan Ene Nistor Barbu Lazar Toma Voicu Neagu"
).split()
BRAND = "Alpin Boreal Carpat Delta Ember Fagaras Granit Harghita Iris Jupiter Kestrel Luna Meridian Olt".split()
TRADE = "Agro Bakeries Cargo Ceramics Dental Energy Foods Glass Hotels Labs Media Optics Print Robotics".split()
STAGE = {
    "kind": "open",
    "color": "#2a80e2",
    "isdefault": "false",
    "isconverted": "false",
    "target_days": 5,
    "limit_days": 10,
    "definition": "Somebody who may buy has been spoken to, and knows what comes next.",
}
FIELDS = "external_ref name company email phone source owner status value currency created_at".split()


def add_statuses(file: Path):
    """Adds statuses to those of a new database, as it exported them, until there are 25."""
    with file.open(newline="", encoding="utf-8") as reader:
        table = csv.DictReader(reader)
        fields, rows = table.fieldnames, list(table)
    for number in range(len(rows) + 1, STATUSES + 1):
        rows.append({"name": f"Stage {number}", "slug": f"stage-{number}", **STAGE})
    write(file, fields, rows)


def write_leads(file: Path, statuses: Path, number: int):
    """Writes so many leads in the order in which they were made: a quarter open ones, the others closed long ago."""
    with statuses.open(newline="", encoding="utf-8") as reader:
        rows = list(csv.DictReader(reader))
    slugs = {is_open: [row["slug"] for row in rows if (row["kind"] == "open") == is_open] for is_open in (True, False)}
    chance, now = random.Random(2026), datetime.now().replace(microsecond=0)
    starts = sorted(start(chance, slugs, now) for _ in range(number))
    write(file, FIELDS, (lead(chance, at, *made) for at, made in enumerate(starts, 1)))


def start(chance: random.Random, slugs: dict[bool, list[str]], now: datetime) -> tuple[datetime, str]:
    """When a lead was made, and its status; the first statuses have more leads than the last."""
    is_open = chance.random() < OPEN_SHARE
    among = slugs[is_open]
    slug = chance.choices(among, [1 / place for place in range(1, len(among) + 1)])[0]
    days = OPEN_DAYS if is_open else DAYS
    return now - timedelta(seconds=60 + chance.randrange(days * 86_400)), slug


def lead(chance: random.Random, number: int, made: datetime, slug: str) -> dict:
    """One lead, made at this time and in this status since."""
    first, last = chance.choice(FIRST), chance.choice(LAST)
    return {
        "external_ref": f"C-{number}",
        "name": f"{first} {last}",
        "company": f"{chance.choice(BRAND)} {chance.choice(TRADE)} SRL",
        "email": f"{first}.{last}{number}@example.com".lower(),
        "phone": f"+40 7{chance.randrange(10_000_000, 100_000_000)}",
        "source": chance.choice(SOURCES),
        "owner": chance.choice(OWNERS),
        "status": slug,
        "value": f"{chance.randrange(100, 5_000_000) / 100:.2f}",
        "currency": chance.choice(CURRENCIES),
        "created_at": f"{made.isoformat()}Z",
    }


def write(file: Path, fields: list[str], rows):
    """Writes a CSV file."""
    with file.open("w", newline="", encoding="utf-8") as output:
        table = csv.DictWriter(output, fields)
        table.writeheader()
        table.writerows(rows)
