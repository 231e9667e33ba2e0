"""What both sides must agree on before anything is measured, or they would not do the same work."""

import json
import random

from client import Answer, Request, Turn, run
from rows import page_rows, records, varied_reads
from sides import Side


def fetch(side: Side, request: Request) -> Answer:
    """The answer to one request."""

    def turn() -> Turn:
        yield request

    return run(side.server.address, turn, connections=1, seconds=0).answers[request.kind]


def fetch_json(side: Side, request: Request) -> list | dict:
    """What a call of the API answers."""
    return json.loads(fetch(side, request).body)


def total(side: Side, **filters) -> int:
    """How many leads a side finds."""
    found = fetch_json(side, side.leads(**filters))
    return found["meta"]["total"] if "meta" in found else found["count"]


def varied_rows(side: Side, leads: int) -> list[int]:
    """How many rows some of the pages with other filters each time have."""
    chance = random.Random(1)
    pages = [read.ask for read in varied_reads(leads) if not read.name.startswith("API")]
    return [page_rows(fetch(side, ask(side, chance))) for ask in pages for _ in range(5)]


def holdings(side: Side, leads: int) -> dict:
    """What is compared: counts, totals, rows of filtered pages, and a lead after a change."""
    statuses = records(fetch_json(side, side.statuses()))
    fetch(side, side.change(1, {"phone": "+40 700 000 000"}))
    lead = fetch_json(side, side.lead(1))
    return {
        "the statuses": [(status["id"], status["name"], status["lead_count"]) for status in statuses],
        "the number of leads": total(side),
        # A frequent word is not counted where that takes long.
        "the matches of a search": total(side, q="C-123"),
        "the rows of filtered pages": varied_rows(side, leads),
        "a lead": {name: lead[name] for name in ("name", "company", "phone", "owner", "status", "created_at")},
    }


def check_agreement(sides: list[Side], leads: int):
    """Ends the program if the sides hold different records."""
    one, other = (holdings(side, leads) for side in sides)
    for name, value in one.items():
        if value != other[name]:
            raise SystemExit(f"the sides differ in {name}:\n{value}\n{other[name]}")
