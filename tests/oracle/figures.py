"""Recomputes the reports from exported files and compares them with the answers of the program.

    figures.py FOLDER…

A folder has what anyone can export or ask for: `visits.csv` and `leads.csv` (`export visits`, `export leads`),
`statuses.json` (`GET lead_statuses?archived=all`, with those that are gone, as they were last), `deletions.json` (the
instants at which leads that are in these files were deleted since, by reference), and `answers.json`: a list of
`{"report", "query", "owner", "body"}`, where `owner` is the e-mail address that the query means.

The estimates come from lifelines. Its own conventions differ in three places, where its tables are used instead:
- `percentile` compares S(t) with 1 - p exactly, so that 0.1000…1 is not 0.1; here a tolerance of 1e-9 applies.
- It interpolates the interval of a percentile; here it ends where a band has fallen to 1 - p, and where S = 0 there is
  no upper band.
- `AalenJohansenFitter` moves tied durations apart at random; it is asked only where there are no ties.
"""

import json
import math
import sys
import warnings
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd
from lifelines import AalenJohansenFitter, KaplanMeierFitter

DAY = 86_400
Z = 1.96
TOLERANCE = 1e-9
# Quantiles of the normal distribution have seven digits in the program.
AGREEMENT = 1e-8
WAYS = ["advanced", "back", "won", "lost", "junk"]
CLOSED = ["won", "lost", "junk"]


class Stay(NamedTuple):
    """A visit as it is at an instant; `to` is None unless a move ended it."""

    status: dict
    entered: int
    seconds: int
    is_open: bool
    to: dict | None


def second(text):
    """The second of an instant in RFC 3339; None for an empty text."""
    return math.floor(datetime.fromisoformat(text).timestamp()) if text else None


def first_second(day):
    return second(f"{day}T00:00:00Z")


class Data:
    """The exported files of a folder."""

    def __init__(self, folder):
        def table(name):
            return pd.read_csv(folder / name, dtype=str, keep_default_na=False)

        def read(name):
            return json.loads((folder / name).read_text())

        self.answers = read("answers.json")
        self.statuses = read("statuses.json")
        self.by_id = {status["id"]: status for status in self.statuses}
        self.by_word = {status[key]: status for key in ("name", "slug") for status in self.statuses}
        self.deletions = {ref: second(at) for ref, at in read("deletions.json").items()}
        self.leads = {lead.external_ref: lead for lead in table("leads.csv").itertuples()}
        self.visits = defaultdict(list)
        for row in table("visits.csv").itertuples():
            if not row.voided_at:
                visit = (self.by_word[row.status], second(row.entered_at), second(row.left_at), row.via)
                self.visits[row.external_ref].append(visit)

    def histories(self, answer):
        """The stays of each lead that the question is about, and the instant up to which they are followed."""
        query, now = answer["query"], second(answer["body"]["as_of"])
        for ref, visits in self.visits.items():
            lead = self.leads[ref]
            if "owner" in query and lead.owner != answer["owner"]:
                continue
            if "source" in query and lead.source.lower() != query["source"].lower():
                continue
            yield self.stays(visits, self.deletions.get(ref), now), now

    def stays(self, visits, deleted, now):
        stays = []
        for at, (status, entered, left, _) in enumerate(visits):
            if entered > now:
                break
            if left is not None and left <= now:
                following, via = visits[at + 1][0], visits[at + 1][3]
                to = None if via in ("replace", "merge") else following
                stays.append(Stay(status, entered, left - entered, False, to))
                continue
            is_deleted = deleted is not None and deleted <= now
            until = deleted if is_deleted else now
            stays.append(Stay(status, entered, until - entered, not is_deleted, None))
            break
        return stays


def place(status):
    """Where a status stands in the pipeline: one that is gone before the one that has its number now."""
    return (status["statusorder"], not status["archived"])


def way_out(status, to):
    if to["kind"] in CLOSED:
        return to["kind"]
    if status["kind"] in CLOSED:
        return "back"
    return "advanced" if place(to) > place(status) else "back"


def direction(data, status, to):
    way = way_out(status, to)
    if way in ("lost", "junk"):
        return "dropped"
    if way == "back":
        return "back"
    between = [
        other
        for other in data.statuses
        if not other["archived"] and other["kind"] == "open" and place(status) < place(other) < place(to)
    ]
    return "skip" if between else "forward"


def window(query):
    begin = first_second(query["from"]) if "from" in query else -math.inf
    end = first_second(query["to"]) if "to" in query else math.inf
    return lambda at: begin <= at < end


def kaplan_meier(stays):
    """The table of steps: seconds, exits by way, at risk, S and the 95 % band, from lifelines."""
    seconds = np.array([stay.seconds for stay in stays])
    ended = np.array([stay.to is not None for stay in stays])
    # The level whose normal quantile is 1.96.
    level = math.erfc(Z / math.sqrt(2))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = KaplanMeierFitter(alpha=level).fit(seconds, ended)
    table = fit.event_table.join(fit.survival_function_)
    table = table.join(fit.confidence_interval_.set_axis(["low", "high"], axis=1))
    table = table[table["observed"] > 0].rename(columns={"KM_estimate": "survival"})
    for way in WAYS:
        exits = [stay.seconds for stay in stays if stay.to and way_out(stay.status, stay.to) == way]
        table[way] = pd.Series(exits, dtype=float).value_counts().reindex(table.index, fill_value=0)
    is_last = table["observed"] == table["at_risk"]
    table.loc[is_last, ["survival", "low"]] = 0.0
    table.loc[is_last, "high"] = np.nan
    return table


def percentile(table, part):
    staying = 1 - part + TOLERANCE

    def first(column):
        reached = table.index[table[column] <= staying]
        return int(reached[0]) if len(reached) else None

    return {"seconds": first("survival"), "low": first("low"), "high": first("high")}


def ways_out(stays, table):
    """The share that left each way, by Aalen and Johansen."""
    before = table["survival"].shift(1, fill_value=1.0)
    shares = {way: float((before * table[way] / table["at_risk"]).sum()) for way in WAYS}
    staying = table["survival"].iloc[-1] if len(table) else 1.0
    assert math.isclose(sum(shares.values()) + staying, 1.0, abs_tol=TOLERANCE)
    seconds = [stay.seconds for stay in stays]
    if len(set(seconds)) == len(seconds) and 0 not in seconds:
        causes = [1 + WAYS.index(way_out(stay.status, stay.to)) if stay.to else 0 for stay in stays]
        for way in WAYS:
            cause = 1 + WAYS.index(way)
            if cause in causes:
                fit = AalenJohansenFitter(calculate_variance=False)
                fit.fit(seconds, causes, event_of_interest=cause)
                agreed = float(fit.cumulative_density_.iloc[-1, 0])
                assert math.isclose(agreed, shares[way], abs_tol=TOLERANCE)
    return shares


def within_target(stays, days):
    ended = [stay for stay in stays if stay.to]
    others = [stay for stay in stays if not stay.to]
    late = [stay for stay in stays if stay.seconds > days * DAY]
    return {
        "met": sum(stay.seconds <= days * DAY for stay in ended),
        "missed": len(late),
        "undecided": sum(stay.seconds <= days * DAY for stay in others),
    }


def suggested(stays):
    if len(stays) < 10 or sum(stay.to is not None for stay in stays) < 30:
        return None
    table = kaplan_meier(stays)

    def days(part):
        seconds = percentile(table, part)["seconds"]
        # A limit of no day can't be set.
        return None if seconds is None else max(1, math.ceil(seconds / DAY))

    return {"target_days": days(0.5), "limit_days": days(0.85)}


def figures_of(status, stays, recent):
    """What `time_in_status` says about a status."""
    has_curve = status["kind"] in ("open", "paused") and len(stays) >= 10
    table = kaplan_meier(stays) if has_curve else None
    nothing = {"seconds": None, "low": None, "high": None}
    target = status["target_days"]
    ended = sum(stay.to is not None for stay in stays)
    is_open = sum(stay.is_open for stay in stays)
    return {
        "status": status["id"],
        "visits": len(stays),
        "exits": ended,
        "open": is_open,
        "censored": len(stays) - ended - is_open,
        "p50": percentile(table, 0.5) if has_curve else nothing,
        "p75": percentile(table, 0.75) if has_curve else nothing,
        "p90": percentile(table, 0.9) if has_curve else nothing,
        "longest_observed": max(stay.seconds for stay in stays) if has_curve else None,
        "ways_out": ways_out(stays, table) if has_curve else dict.fromkeys(WAYS),
        "within_target": None if target is None else within_target(stays, target),
        "suggested": suggested(recent) if status["kind"] == "open" else None,
    }


def time_in_status(data, answer):
    is_in, sample, recent = window(answer["query"]), defaultdict(list), defaultdict(list)
    for stays, now in data.histories(answer):
        for stay in stays:
            if is_in(stay.entered):
                sample[stay.status["id"]].append(stay)
            if stay.entered >= now - 180 * DAY:
                recent[stay.status["id"]].append(stay)
    named = [one for one in data.statuses if not one["archived"] or sample[one["id"]]]
    return {one["id"]: figures_of(one, sample[one["id"]], recent[one["id"]]) for one in named}


def wilson(reached, eligible):
    if eligible == 0:
        return {"share": None, "low": None, "high": None}
    z = NormalDist().inv_cdf(0.975)
    share, square = reached / eligible, z * z / eligible
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / eligible + square / (4 * eligible)) / (1 + square)
    return {"share": share, "low": middle - half, "high": middle + half}


def conversion(data, answer):
    query, is_in = answer["query"], window(answer["query"])
    start, reach = data.by_id[query["start"]], data.by_id[query["reach"]]
    within = query["within_days"] * DAY

    def counts(status):
        is_past = status["kind"] in ("open", "paused", "won") and place(status) > place(reach)
        return status is reach or (query["rule"] == "passed" and is_past)

    eligible = reached = won = lost = entries_from = entries_to = 0
    for stays, now in data.histories(answer):
        entered = [stay for stay in stays if is_in(stay.entered)]
        entries_from += sum(stay.status is start for stay in entered)
        entries_to += sum(stay.status is reach for stay in entered)
        closed = [stay for stay in entered if stay.status["kind"] in ("won", "lost")]
        if closed:
            won += closed[-1].status["kind"] == "won"
            lost += closed[-1].status["kind"] == "lost"
        first = next((at for at, stay in enumerate(stays) if stay.status is start), None)
        if first is None or not is_in(stays[first].entered) or now - stays[first].entered < within:
            continue
        eligible += 1
        later = [stay for stay in stays[first + 1 :] if stay.entered - stays[first].entered <= within]
        reached += any(counts(stay.status) for stay in later)
    return {
        "cohort": {"eligible": eligible, "reached": reached} | wilson(reached, eligible),
        "throughput": {
            "entries_from": entries_from,
            "entries_to": entries_to,
            "share": entries_to / entries_from if entries_from else None,
        },
        "resolved": {"won": won, "lost": lost, "share": won / (won + lost) if won + lost else None},
    }


def flow(data, answer):
    is_in, moves = window(answer["query"]), defaultdict(list)
    counts = dict.fromkeys(["forward", "skip", "back", "dropped", "returns"], 0)
    for stays, _ in data.histories(answer):
        for at, stay in enumerate(stays):
            if stay.to and is_in(stay.entered):
                moves[stay.status["id"], stay.to["id"]].append(stay.seconds)
                counts[direction(data, stay.status, stay.to)] += 1
                counts["returns"] += any(stay.to is earlier.status for earlier in stays[: at + 1])
    rows = {
        pair: {
            "from": pair[0],
            "to": pair[1],
            "count": len(seconds),
            "median_seconds": sorted(seconds)[(len(seconds) - 1) // 2],
        }
        for pair, seconds in moves.items()
    }
    return {"moves": rows} | counts


def differences(expected, said, path=""):
    """Where the two differ, as lines."""
    if isinstance(expected, dict) and isinstance(said, dict):
        for key in sorted(expected.keys() | said.keys(), key=str):
            yield from differences(expected.get(key), said.get(key), f"{path}.{key}")
    elif isinstance(expected, float) and isinstance(said, int | float):
        if not math.isclose(expected, said, abs_tol=AGREEMENT):
            yield f"{path}: {said} instead of {expected}"
    elif expected != said:
        yield f"{path}: {said} instead of {expected}"


def check(data, answer):
    """The differences of one answer."""
    body = dict(answer["body"])
    del body["as_of"]
    match answer["report"]:
        case "time_in_status":
            body = {one["status"]: one for one in body["statuses"]}
            expected = time_in_status(data, answer)
        case "flow":
            body["moves"] = {(one["from"], one["to"]): one for one in body["moves"]}
            expected = flow(data, answer)
        case "conversion":
            expected = conversion(data, answer)
    return list(differences(expected, body))


def main():
    different = checked = 0
    for folder in map(Path, sys.argv[1:]):
        data = Data(folder)
        for answer in data.answers:
            checked += 1
            lines = check(data, answer)
            different += bool(lines)
            for line in lines:
                print(f"{folder.name} {answer['report']} {answer['query']} {line}")
    print(f"{checked} answers, {different} of them different")
    sys.exit(1 if different or not checked else 0)


main()
