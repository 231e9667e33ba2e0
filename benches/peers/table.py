"""The table, and the lines above it that say where and how it was measured."""

import datetime
import os
import platform
import subprocess
from pathlib import Path

from measure import Figures
from rows import Row

NOTES = """\
CPU: milliseconds of the server's processes for a request, median of the rounds, in which the sides take turns.
after a write: before each read a lead is moved; the CPU of as many moves alone, measured in between, is subtracted.
               A difference: rounds that are too short make it noise, and "?" where nothing is left.
from memory: the same request all the time, while nothing is written. Django keeps no answers here, Lead Statuses does.
new each time: another address with each request, while nothing is written, so that no kept answer fits.
n: connections, kept alive. req/s and times are those of the client (one Python process on the same cores, which bounds
the req/s of quick rows); after a write they are those of the reads alone. Nothing is compressed: no Accept-Encoding.
"""
HEAD = f"{'':<27}{'':<15}{'':>3}  {'CPU ms/request':^18}{'':>8}{'':>6}   {'Django':^25}   {'Lead Statuses':^25}"
COLUMNS = (
    f"{'':<27}{'':<15}{'n':>3}  {'Django':>9}{'ours':>9}{'ratio':>8}{'goal':>6}"
    f"   {'req/s':>8}{'p50 ms':>8}{'p99 ms':>9}   {'req/s':>8}{'p50 ms':>8}{'p99 ms':>9}"
)


def line(row: Row, theirs: Figures, ours: Figures) -> str:
    """One row of the table."""
    goal = "" if row.goal is None else f"≥ {row.goal}"
    seen = "".join(f"   {one.per_second:>8,.0f}{one.p50:>8.2f}{one.p99:>9.2f}" for one in (theirs, ours))
    ratio = f"{theirs.cpu / ours.cpu:.1f}" if ours.cpu > 0 else "?"
    cpu = f"{theirs.cpu:>9.3f}{ours.cpu:>9.3f}{ratio:>8}{goal:>6}"
    return f"{row.name:<27}{row.how:<15}{row.connections:>3}  {cpu}{seen}"


def processor() -> str:
    """The model of the processor."""
    for text in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if text.startswith("model name"):
            return text.partition(":")[2].strip()
    return platform.machine()


def versions(program: Path, installed: Path) -> str:
    """The versions of what is compared."""
    ask = "import django, rest_framework as r, gunicorn as g, sqlite3 as s, platform as p; "
    ask += "print(f'Django {django.__version__}, REST framework {r.VERSION}, gunicorn {g.__version__}, "
    ask += "Python {p.python_version()}, its SQLite {s.sqlite_version}')"
    commands = ([program, "--version"], [installed / "bin/python", "-c", ask])
    return "; ".join(subprocess.check_output(command, text=True).strip() for command in commands)


def print_table(lines: list[str], described: dict[str, str]):
    """Prints everything."""
    for name, text in described.items():
        print(f"{name}: {text}")
    print(f"\n{NOTES}\n{HEAD}\n{COLUMNS}")
    print("\n".join(lines))


def now_and_load() -> str:
    """The time, and how busy the machine is."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{datetime.datetime.now():%Y-%m-%d %H:%M} (load {load})"
