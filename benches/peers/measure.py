"""Measures a row on one side: CPU of the server for each request, beside what its client saw."""

import random
import statistics
from typing import NamedTuple

from client import Load, run
from rows import Row, TakeTurn
from servers import milliseconds_between
from sides import Side

# Writes alone and writes with reads alternate this often in a round, so that both meet the same machine.
SLICES = 4


class Figures(NamedTuple):
    """Of one row on one side: milliseconds of CPU for a request, requests a second, milliseconds until the answer."""

    cpu: float
    per_second: float
    p50: float
    p99: float


class Spent:
    """The CPU and the times of the loads of one round."""

    def __init__(self):
        self.cpu = 0.0
        self.loads: list[Load] = []

    def add(self, row: Row, turn: TakeTurn, side: Side, chance: random.Random, seconds: float) -> Load:
        """Puts the side under load."""
        before = side.server.cpu()
        load = run(side.server.address, lambda: turn(side, chance), row.connections, seconds)
        self.cpu += milliseconds_between(before, side.server.cpu())
        self.loads.append(load)
        return load

    def times(self, kind: str) -> list[float]:
        """The times of all requests of a kind, sorted."""
        return sorted(time for load in self.loads for time in load.times[kind])


def measure(row: Row, side: Side, chance: random.Random, seconds: float) -> Figures:
    """One round of a row on one side."""
    spent, alone = Spent(), Spent()
    slices = SLICES if row.less else 1
    for _ in range(slices):
        if row.less:
            alone.add(row, row.less, side, chance, seconds / slices)
        check(row, side, spent.add(row, row.turn, side, chance, seconds / slices))
    cpu, times = spent.cpu, spent.times(row.kind)
    if row.less:
        cpu -= alone.cpu / len(alone.times("write")) * len(spent.times("write"))
    p50, p99 = (1000 * times[len(times) * percent // 100] for percent in (50, 99))
    return Figures(cpu / len(times), row.connections / statistics.mean(times), p50, p99)


def check(row: Row, side: Side, load: Load):
    """Ends the program if the last answer is not what it should be; the status of each was looked at."""
    answer = load.answers[row.kind]
    if not row.is_right(answer):
        raise SystemExit(f"{side.name}, {row.name}: a wrong answer: {answer.body[:2000]!r}")


def median(rounds: list[Figures]) -> Figures:
    """The median of each figure."""
    return Figures(*map(statistics.median, zip(*rounds, strict=True)))
