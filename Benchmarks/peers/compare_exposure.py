"""Sets `corridor exposure` beside exposure_geopandas.py: the numbers, then the time of whole processes.

Fails when a length or time of a corridor in a province, or of all corridors in one, differs by more
than 1e-6 of itself.
"""

import argparse
import collections
import shutil
import sys
import tempfile
from pathlib import Path

from processes import medians, run, seconds, table, worst

TOLERANCE = 1e-6
# A unit that a rounding error alone puts on a route: metres or seconds.
NOTHING = 1e-3


def ours(report):
    found = {}
    for trip in report["trips"]:
        for unit in trip["provinces"] + trip["abroad"]:
            for measure in ("length_m", "travel_time_s"):
                found[trip["id"], unit["id"], measure] = unit[measure]
    return found


def theirs(report):
    return {
        (corridor["id"], id, measure): value
        for corridor in report["corridors"] for id, unit in corridor["units"].items()
        for measure, value in unit.items()
    }


def sums(found):
    totals = collections.defaultdict(float)
    for (_, unit, measure), value in found.items():
        totals[unit, measure] += value
    return totals


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("corridor", type=Path, help="the built command line")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    command = [
        arguments.corridor, "exposure", "--format", "json", "--threads", "1", "--data",
        arguments.data]
    peer = [sys.executable, Path(__file__).parent / "exposure_geopandas.py", arguments.data]

    cache = tempfile.mkdtemp()
    environment = {"CORRIDOR_CACHE": cache}
    cold, warm, peers = [], [], []
    try:
        for _ in range(arguments.runs):
            shutil.rmtree(cache, ignore_errors=True)
            cold.append(run(command, environment))
            warm.append(run(command, environment))
            peers.append(run(peer))
    finally:
        shutil.rmtree(cache, ignore_errors=True)

    mine = {key: value for key, value in ours(warm[-1].json()).items() if value > NOTHING}
    other = {key: value for key, value in theirs(peers[-1].json()).items() if value > NOTHING}
    cell, where = worst(mine, other)
    total, total_where = worst(sums(mine), sums(other))
    same = ours(cold[-1].json()) == ours(warm[-1].json())

    theirs_wall, theirs_cpu = medians(peers)
    rows = []
    for name, runs in [
        ("CorridorKit, cache empty", cold), ("CorridorKit, cache filled", warm),
        ("GeoPandas and NetworkX", peers),
    ]:
        wall, cpu = medians(runs)
        peak = max(r.peak_bytes for r in runs) / 1e6
        rows.append([
            name, seconds(wall), seconds(cpu), f"{peak:.0f} MB", f"{theirs_wall / wall:.1f}",
            f"{theirs_cpu / cpu:.1f}"])
    corridors = len({corridor for corridor, _, _ in mine})
    print(f"### Exposure of {corridors} named corridors, whole processes\n")
    print(table(
        ["", "wall", "processor", "peak memory", "times faster (wall)", "(processor)"], rows))
    print(
        f"\n{len(mine)} lengths and times by corridor and province; largest relative difference "
        f"{cell:.1e} ({' '.join(where)}), of the sums by province {total:.1e} "
        f"({' '.join(total_where)}); at most {TOLERANCE:.0e} is asked for. "
        f"Medians of {arguments.runs} runs in turn.\n")
    if not same:
        raise SystemExit("the cache changes the numbers")
    if max(cell, total) > TOLERANCE:
        raise SystemExit("the numbers of CorridorKit and its peer differ")


if __name__ == "__main__":
    main()
