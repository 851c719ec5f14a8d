"""The same index by CorridorKit and by COINr: every normalised value, score and rank."""

import csv
import itertools

import coinr
import made_up_index
from processes import run

# The steps of COINr's own example before outliers are treated.
PREPARED = [
    "denominate: {}", "impute: {method: group-mean, grouping: EurAsia_group}",
    "screen: {availability: 0.9}"]
# What winsorising is followed by, in COINr's words and in ours.
TRANSFORMED = {"log_CT": "log", "log_CT_plus": "log-towards-skew"}


def cases():
    """Data prepared or with their gaps; the least coverage of an aggregate; outliers as they are or treated;
    methods."""
    treatments = [(None, "log_CT"), (5, "log_CT"), (1, "log_CT_plus")]
    methods = [
        ("min-max", "arithmetic"), ("min-max", "geometric"), ("min-max", "harmonic"),
        ("min-max", "arithmetic geometric harmonic"), ("z", "arithmetic")]
    data = list(itertools.product([(True, 0), (False, 0)], treatments))
    # Gaps of which some are too wide for an aggregate.
    data.append(((False, 0.8), treatments[0]))
    for ((prepared, coverage), (winmax, log)), (normalisation, aggregation) in itertools.product(
            data, methods):
        yield {
            "name": f"{normalisation}; {aggregation}; {'prepared' if prepared else 'with gaps'}; coverage "
                    f"{coverage}; winsorised {winmax}",
            "prepared": str(prepared).upper(), "coverage": coverage, "winmax": winmax or "NA",
            "log": log, "normalisation": normalisation, "aggregation": aggregation}


def recipe(case):
    before = PREPARED if case["prepared"] == "TRUE" else []
    if case["winmax"] != "NA":
        before = [
            *before, f"treat: {{winsorise: {case['winmax']}, then: {TRANSFORMED[case['log']]}}}"]
    return made_up_index.recipe(
        case["normalisation"], case["aggregation"].split(), before, coverage=case["coverage"])


def ours(corridor, folder, text):
    """What `corridor index` makes of the tables of a folder, and what it took: by kind, unit and part."""
    (folder / "asked.yaml").write_text(text)
    process = run([
        corridor, "index", "--imeta", folder / "iMeta.csv", "--idata", folder / "iData.csv",
        "--recipe", folder / "asked.yaml", "--format", "json"])
    found = {}
    for unit in process.json()["units"]:
        # Who lacks a part of the index is scored on the rest and has no rank; to COINr that is no score.
        if unit.get("rank") is None:
            unit["score"] = None
        for part in [{**unit, "id": ""}, *unit["dimensions"]]:
            for kind in ("score", "rank"):
                found[kind, unit["id"], part["id"]] = part.get(kind)
        for part in unit["indicators"]:
            found["normalised", unit["id"], part["id"]] = part.get("normalised")
    return found


class Agreement:
    """How far two tables of numbers lie apart; what one side alone has lies infinitely far."""

    def __init__(self):
        self.counts, self.gaps, self.worst, self.place = {}, {}, {}, {}

    def add(self, kind, one, two, place):
        if one is None or two is None:
            apart = 0.0 if one is two else float("inf")
            self.gaps[kind] = self.gaps.get(kind, 0) + 1
        else:
            apart = abs(one - two)
            self.counts[kind] = self.counts.get(kind, 0) + 1
        if apart > self.worst.get(kind, -1):
            self.worst[kind], self.place[kind] = apart, place

    def within(self, tolerance):
        return bool(self.worst) and max(self.worst.values()) <= tolerance

    def sentence(self):
        nouns = {"normalised": "normalised values", "score": "scores", "rank": "ranks"}
        return ", ".join(
            f"{count:,} {nouns[kind]} ("
            + (f"{self.gaps[kind]:,} more that neither has, " if self.gaps.get(kind) else "")
            + f"largest difference {self.worst[kind]:.1e}"
            + (f", {self.place[kind]}" if self.worst[kind] > 1e-9 else "") + ")"
            for kind, count in self.counts.items())


def example(corridor, library, folder):
    """COINr's example data under every case: the agreement, how many columns were treated and transformed."""
    folder.mkdir(parents=True, exist_ok=True)
    coinr.ask(library, "export", folder)
    asked = list(cases())
    made_up_index.table(folder / "cases.csv", list(asked[0]), [case.values() for case in asked])
    coinr.ask(library, "scores", folder, folder / "cases.csv")
    theirs, columns = {}, {"treated": 0, "transformed": 0}
    for row in coinr.answer(folder, "scores"):
        if row["what"] in columns:
            columns[row["what"]] += int(row["value"])
        else:
            value = None if row["value"] == "NA" else float(row["value"])
            part = "" if row["part"] == "Index" else row["part"]
            theirs.setdefault(row["case"], {})[row["what"], row["unit"], part] = value
    agreement = Agreement()
    for case in asked:
        own, other = ours(corridor, folder, recipe(case)), theirs[case["name"]]
        for key in sorted(own.keys() | other.keys()):
            agreement.add(
                key[0], own.get(key), other.get(key), f"{case['name']}: {key[1]} {key[2] or 'Index'}")
    return agreement, len(asked), columns


def reruns(corridor, folder):
    """COINr's first re-runs of the made-up index made again, by its choices and weights."""
    with (folder / "iMeta.csv").open(encoding="utf-8", newline="") as file:
        parents = {row["iCode"]: row["Parent"] for row in csv.DictReader(file)}
    drawn, theirs = {}, {}
    for row in coinr.answer(folder, "runs"):
        drawn.setdefault(row["run"], []).append(row)
    for row in coinr.answer(folder, "run_scores"):
        found = theirs.setdefault(row["run"], {})
        found["score", row["unit"], ""] = float(row["score"])
        found["rank", row["unit"], ""] = float(row["rank"])
    agreement = Agreement()
    for number, rows in drawn.items():
        weights = {row["code"]: float(row["weight"]) for row in rows}
        wholes = {}
        for code, weight in weights.items():
            wholes[parents[code]] = wholes.get(parents[code], 0) + weight
        shares = {"dimensions": {}, "indicators": {}}
        for code, weight in weights.items():
            if parents[code] != "NA":
                kind = "dimensions" if code in wholes else "indicators"
                shares[kind][code] = weight / wholes[parents[code]]
        text = made_up_index.recipe(
            rows[0]["normalisation"], [rows[0]["aggregation"]], weights=shares)
        own = ours(corridor, folder, text)
        for key, value in theirs[number].items():
            agreement.add(key[0], own.get(key), value, f"re-run {number}: {key[1]}")
    return agreement, len(drawn)
