"""Sets CorridorKit's overlay of the whole network beside overlay_geopandas.py.

Fails when the metres of the network in a province differ by more than 1e-9 of themselves, geodesic
or scaled to stated lengths.
"""

import argparse
import sys
from pathlib import Path

from processes import medians, run, seconds, table, worst

TOLERANCE = 1e-9


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    peer = Path(__file__).parent / "overlay_geopandas.py"

    ours, overlay, prepared = [], [], []
    for _ in range(arguments.runs):
        ours.append(run([arguments.benchmark, "overlay", arguments.data]).json())
        overlay.append(run([sys.executable, peer, "overlay", arguments.data]).json())
        prepared.append(run([sys.executable, peer, "prepared", arguments.data]).json())

    def added(result):
        """Cutting and measuring: what CorridorKit does in one step."""
        return {
            key: result["cut"][key] + result["measure"][key]
            for key in ("wall_seconds", "cpu_seconds")}

    ways = [
        ("CorridorKit, cut and measure", medians(r["cut"][0] for r in ours)),
        ("CorridorKit, whole matrix with dwell and node shares",
         medians(r["matrix"][0] for r in ours)),
        ("shapely, provinces prepared, cut", medians(r["cut"] for r in prepared)),
        ("shapely, provinces prepared, cut and measure", medians(map(added, prepared))),
        ("geopandas.overlay, cut", medians(r["cut"] for r in overlay)),
        ("geopandas.overlay, cut and measure", medians(map(added, overlay))),
    ]
    wall, cpu = ways[0][1]
    print(
        f"### λ of {ours[0]['links']} links over {ours[0]['provinces']} provinces, one thread\n")
    print(table(
        ["", "wall", "processor", "CorridorKit is times faster (wall)", "(processor)"],
        [
            [name, seconds(w), seconds(c), f"{w / wall:.1f}", f"{c / cpu:.1f}"]
            for name, (w, c) in ways
        ]))
    differences = {
        f"{name}, {measure}": worst(ours[0][measure], results[0][measure])
        for name, results in [("geopandas.overlay", overlay), ("shapely", prepared)]
        for measure in ("meters", "stated_meters")
    }
    print(
        f"\nKilometres in all: {sum(ours[0]['meters'].values()) / 1000:.6f} geodesic, "
        f"{sum(ours[0]['stated_meters'].values()) / 1000:.6f} stated. Largest relative difference "
        "of a province's sum: " + "; ".join(
            f"{name} {difference:.1e} ({where})"
            for name, (difference, where) in differences.items())
        + f"; at most {TOLERANCE:.0e} is asked for. Medians of {arguments.runs} runs in turn.\n")
    if max(difference for difference, _ in differences.values()) > TOLERANCE:
        raise SystemExit("the numbers of CorridorKit and its peer differ")


if __name__ == "__main__":
    main()
