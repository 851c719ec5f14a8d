"""A composite index beside COINr: the same numbers, and how long it takes to draw it thousands of times.

Fails when values, scores or ranks differ, or where what is drawn at random is further apart than chance.
"""

import argparse
import math
import sys
from pathlib import Path

import coinr
import index_cases
import made_up_index
from processes import medians, run, seconds, table, times

TOLERANCE = 1e-9
# Means of ranks may be so many of their standard errors apart, shares of variance so many of the half-widths of
# their intervals.
ERRORS, HALF_WIDTHS = 5, 2


def errors_apart(ours, theirs, draws, count):
    """By how many standard errors the mean ranks of two samples of draws differ, at most."""
    others = {row["unit"]: row for row in theirs}
    worst = 0.0
    for unit in ours:
        other = others[unit["id"]]
        # One deviation for both: in few draws a rank that seldom changes may not have changed at all.
        variance = (
            draws * unit["rank_deviation"] ** 2 + count * float(other["deviation"]) ** 2
        ) / (draws + count)
        error = math.sqrt(variance * (1 / draws + 1 / count))
        apart = abs(unit["mean_rank"] - float(other["mean"]))
        worst = max(worst, apart / error if error > 0 else math.inf if apart else 0.0)
    return worst


def shares(ours, theirs):
    """Rows of a table of shares of variance, and how many half-widths of their intervals they differ, at most."""
    others = {row["Variable"]: row for row in theirs}
    # Of each of ours: the columns of the peer's that are the same share.
    columns = {
        "first": [("Si", "Si_q5", "Si_q95"), ("Jansen", "Jansen_low", "Jansen_high")],
        "total": [("STi", "STi_q5", "STi_q95")]}
    rows, worst = [], 0.0

    def cell(value, low, high):
        return f"{value:.3f} ({low:.3f} to {high:.3f})"

    for factor in ours:
        row = [factor["name"]]
        for key, names in columns.items():
            own = factor[key]
            row.append(cell(own["value"], own["low"], own["high"]))
            for found in names:
                if factor["name"] not in others:
                    row.append("")
                    continue
                value, low, high = (float(others[factor["name"]][name]) for name in found)
                row.append(cell(value, low, high))
                widths = math.hypot(own["high"] - own["low"], high - low) / 2
                worst = max(worst, abs(own["value"] - value) / widths)
        rows.append(row)
    return rows, worst


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path, help="a folder for temporary files")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("corridor", type=Path, help="the built corridor")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300, help="seconds for COINr's re-runs")
    parser.add_argument("--seed", type=int, default=20240601)
    arguments = parser.parse_args()
    folder = arguments.world / "index"
    made_up = folder / "made-up"
    made_up_index.write(made_up, arguments.seed)
    library = coinr.library(folder)
    own = [run([arguments.benchmark, "index", made_up]).json() for _ in range(arguments.runs)]
    whole = medians([
        run([
            arguments.corridor, "index", "--imeta", made_up / "iMeta.csv", "--idata",
            made_up / "iData.csv", "--recipe", made_up / "recipe.yaml", "--uncertainty",
            made_up / "uncertainty.yaml", "--draws", own[0]["draws"], "--format", "json"])
        for _ in range(arguments.runs)])
    first = own[0]
    agree = all(found["is_same"] and found["checksum"] == first["checksum"] for found in own)

    if library:
        for name in ("shares", "times"):
            (made_up / f"coinr_{name}.csv").unlink(missing_ok=True)
        agreement, count, columns = index_cases.example(
            arguments.corridor, library, folder / "example")
        coinr.ask(library, "uncertainty", made_up, arguments.limit, arguments.seed)
        again, rerun_count = index_cases.reruns(arguments.corridor, made_up)
        drawn, design = coinr.answer(made_up, "times")
        apart = errors_apart(
            first["units"], coinr.answer(made_up, "ranks"), first["draws"], int(drawn["runs"]))
        their_shares = coinr.answer(made_up, "shares")
        agree = agree and agreement.within(TOLERANCE) and again.within(TOLERANCE) and apart <= ERRORS
    else:
        drawn, their_shares = None, []
    share_rows, half_widths = shares(first["factors"], their_shares)
    agree = agree and half_widths <= HALF_WIDTHS

    print(
        f"### An index of {made_up_index.UNITS} units and {made_up_index.INDICATORS} indicators drawn "
        f"again and again\n")
    theirs = drawn and [float(drawn[key]) / int(drawn["runs"]) for key in ("wall", "cpu")]

    def row(label, count, spent):
        each = [value / count for value in spent]
        ratios = [times(other, value) for other, value in zip(theirs, each)] if theirs else ["", ""]
        return [label, f"{count:,}", *map(seconds, spent), *map(seconds, each), *ratios]

    def ours(step):
        return medians(
            time for found in own
            for time in (found[step] if isinstance(found[step], list) else [found[step]]))

    rows = [
        row("CorridorKit, one thread", first["draws"], ours("one_thread")),
        row("CorridorKit, two threads", first["draws"], ours("two_threads")),
        row("CorridorKit, errors of all figures too, two threads", first["draws"], ours("with_errors")),
        row("CorridorKit, `corridor index --draws` as a whole process", first["draws"], whole),
        row("CorridorKit, shares of variance with intervals, two threads", first["runs"],
            ours("sensitivity"))]
    if drawn:
        rows += [
            row(label, int(found["runs"]), [float(found[key]) for key in ("wall", "cpu")])
            for label, found in (
                ("COINr, `get_sensitivity`, UA", drawn), ("COINr, `get_sensitivity`, SA", design))
            if int(found["runs"])]
    print(table(
        ["", "re-runs", "wall", "processor", "a re-run, wall", "processor",
         "COINr takes times as long (wall)", "(processor)"], rows))
    print(
        f"\nMade up with seed {arguments.seed}: two levels, {made_up_index.DIMENSIONS} dimensions, "
        f"{made_up_index.GAPS:.0%} of the cells empty. Drawn are min–max onto 1 to 100 or ranks, arithmetic or "
        f"geometric means, and all weights up to {made_up_index.SPREAD:.0%} away. The documented runs before the "
        f"first draw take {seconds(ours('preparation')[1])}. One and two threads gave the same scores "
        f"and ranks to the last bit ({first['checksum']}); {first['refused']} draws refused. Medians of "
        f"{arguments.runs} processes for CorridorKit"
        + (f"; COINr {drawn['coinr']} in R {drawn['r']} in batches of {drawn['size']} re-runs. "
           f"{rerun_count} of its re-runs made again by `corridor index` with its weights: "
           f"{again.sentence()}. Mean ranks over all draws differ "
           f"by at most {apart:.1f} standard errors.\n"
           if drawn else ". COINr was not measured: COINR names no checkout.\n"))
    print("### What moves the ranks: shares of the variance of the mean shift\n")
    print(table(
        ["", "S1", "COINr's", "of COINr's runs, our estimator", "ST", "COINr's"], share_rows))
    print(
        f"\nCorridorKit: {first['rows']:,} rows of scrambled Sobol' points, {first['runs']:,} runs, "
        "intervals of 95 %."
        + (f" COINr: {int(design['runs']) // 5:,} random rows, {int(design['runs']):,} runs, intervals from "
           "5 to 95 %; S1 of the same runs by Jansen's estimator, as CorridorKit has it, with intervals "
           f"of 95 %. Shares differ by at most {half_widths:.2f} half-widths of both intervals together.\n"
           if their_shares else " COINr's were not done in time.\n" if drawn else "\n"))
    if library:
        print("### COINr's example index\n")
        print(
            f"51 countries, 49 indicators, four levels, {count} specifications: min–max (1 to 100) and z; "
            "arithmetic, geometric and harmonic means, and one of each by level; denominated, imputed and "
            "screened as in its documentation, or with all gaps, aggregates of any coverage or of at least "
            "0.8; outliers as they are, up to 5 values winsorised or else the logarithm, up to 1 or else the "
            f"logarithm towards the skew ({columns['treated']} columns treated, {columns['transformed']} of "
            f"them by a logarithm). Compared: {agreement.sentence()}; at most {TOLERANCE:.0e} is asked "
            "for.\n")
    sys.exit(not agree)


if __name__ == "__main__":
    main()
