"""The rows of the table: what is asked of both, in which way, and what the answer must hold."""

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from client import Answer, Request, Turn
from dataset import DAYS, FIRST, LAST, OWNERS, SOURCES, STATUSES
from sides import Side

PAGE = 50
# The first status in the pipeline has some seven of a hundred leads.
BUSY_STATUS = 1
MANY, NONE = "popescu", "qwxzzy"
# The administrator is the first user, on both sides.
OWNER_IDS = range(2, 2 + len(OWNERS))

Ask = Callable[[Side, random.Random], Request]
TakeTurn = Callable[[Side, random.Random], Turn]


class Read(NamedTuple):
    """Something that is read: how to ask a side for it, and whether an answer is what it should be."""

    name: str
    goal: int
    ask: Ask
    is_right: Callable[[Answer], bool]


class Row(NamedTuple):
    """A row of the table: the turns that its connections take, and the kind of the requests that count."""

    name: str
    how: str
    connections: int
    goal: int | None
    kind: str
    turn: TakeTurn
    is_right: Callable[[Answer], bool]
    # The turn whose CPU is subtracted, for each write among those of `turn`.
    less: TakeTurn | None = None


def page_rows(answer: Answer) -> int:
    """The rows of the one table of a page; none if the page has no table."""
    return answer.body.partition(b"<tbody")[2].partition(b"</tbody>")[0].count(b"<tr")


def found_nothing(answer: Answer) -> bool:
    """True for the page that repeats the term it was asked for and has no rows."""
    return NONE.encode() in answer.body and page_rows(answer) == 0


def is_filtered_page(answer: Answer) -> bool:
    """True for a list of leads with anything from no row to a full page; its filter for owners is on each."""
    return b"rep10" in answer.body and page_rows(answer) <= PAGE


def records(found: list | dict) -> list:
    """The records of a list of the API, which is bare or has pages."""
    return found if isinstance(found, list) else found.get("data") or found.get("results")


def listed(answer: Answer) -> int:
    """The number of records in the answer of a list."""
    return len(records(json.loads(answer.body)))


def page_reads() -> list[Read]:
    """Pages."""

    def is_full(answer: Answer) -> bool:
        return page_rows(answer) == PAGE

    return [
        Read("status list", 40, lambda side, _: side.status_page(), lambda answer: page_rows(answer) == STATUSES),
        Read("leads list", 40, lambda side, _: side.leads_page(), is_full),
        Read("leads list, one status", 40, lambda side, _: side.leads_page(status=BUSY_STATUS), is_full),
        Read("search, many matches", 20, lambda side, _: side.leads_page(q=MANY), is_full),
        Read("search, no match", 20, lambda side, _: side.leads_page(q=NONE), found_nothing),
    ]


def api_reads(leads: int) -> list[Read]:
    """Calls of the API, with this number of leads."""
    return [
        Read("API: all statuses", 10, lambda side, _: side.statuses(), lambda answer: listed(answer) == STATUSES),
        Read("API: leads, a page", 10, lambda side, _: side.leads(), lambda answer: listed(answer) == PAGE),
        a_lead(leads),
    ]


def a_lead(leads: int) -> Read:
    """One lead of so many."""

    def ask(side: Side, chance: random.Random) -> Request:
        return side.lead(chance.randint(1, leads))

    return Read("API: a lead", 10, ask, lambda answer: 1 <= json.loads(answer.body)["id"] <= leads)


def varied_reads(leads: int) -> list[Read]:
    """Reads whose address is another one each time."""

    def three_filters(side: Side, chance: random.Random) -> Request:
        first_day = date.today() - timedelta(days=chance.randrange(DAYS))
        owner, source = chance.choice(OWNER_IDS), chance.choice(SOURCES)
        return side.leads_page(owner=owner, source=source, created_from=first_day)

    def some_reference(side: Side, chance: random.Random) -> Request:
        return side.leads_page(q=f"C-{chance.randint(1, leads)}")

    return [
        Read("leads list, three filters", 40, three_filters, is_filtered_page),
        Read("search, few matches", 20, some_reference, is_filtered_page),
        a_lead(leads),
    ]


def moving(leads: int) -> Ask:
    """Moves some lead to some status, which changes lists and counts."""
    return lambda side, chance: side.change(chance.randint(1, leads), {"status": chance.randint(1, STATUSES)})


def changing(leads: int) -> Ask:
    """Changes one field of some lead."""
    return lambda side, chance: side.change(chance.randint(1, leads), {"phone": f"+40 7{chance.randrange(10**8):08}"})


def create_and_delete(side: Side, chance: random.Random) -> Turn:
    """Makes a lead and puts it into the bin."""
    fields = {"name": f"{chance.choice(FIRST)} {chance.choice(LAST)}", "company": "Peer", "status": 1}
    made = yield side.create(fields)
    yield side.delete(json.loads(made.body)[side.id_field])


def turn_of(ask: Ask) -> TakeTurn:
    """A turn of one request."""

    def turn(side: Side, chance: random.Random) -> Turn:
        yield ask(side, chance)

    return turn


def after_a_write(read: Read, leads: int) -> Row:
    """A move, then the read, and so on; the CPU of as many moves alone is subtracted."""
    move = moving(leads)

    def turn(side: Side, chance: random.Random) -> Turn:
        yield move(side, chance)
        yield read.ask(side, chance)

    return Row(read.name, "after a write", 1, read.goal, "read", turn, read.is_right, turn_of(move))


def from_memory(read: Read) -> Row:
    """The same request all the time, while nothing is written."""
    turn = turn_of(lambda side, _: read.ask(side, random.Random(1)))
    return Row(read.name, "from memory", 16, read.goal, "read", turn, read.is_right)


def new_each_time(read: Read) -> Row:
    """Another address with each request, while nothing is written."""
    return Row(read.name, "new each time", 16, read.goal, "read", turn_of(read.ask), read.is_right)


def write_rows(leads: int) -> list[Row]:
    """Changes by the API, with one connection and with 16; all that is to check is the status of the answers."""
    turns = {
        "API: change a lead": turn_of(changing(leads)),
        "API: move a lead": turn_of(moving(leads)),
        "API: create, delete": create_and_delete,
    }
    return [
        Row(name, "write", connections, None, "write", turn, lambda _: True)
        for name, turn in turns.items()
        for connections in (1, 16)
    ]


def all_rows(leads: int) -> list[Row]:
    """All rows, for this number of leads."""
    reads = [*page_reads(), *api_reads(leads)]
    pairs = [row for read in reads for row in (after_a_write(read, leads), from_memory(read))]
    return [*pairs, *map(new_each_time, varied_reads(leads)), *write_rows(leads)]
