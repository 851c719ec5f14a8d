"""One-to-all searches on the world's highways: CorridorKit beside scipy and igraph.

Fails when the number of nodes reached or the sum of the least lengths, in whole millimetres, differs
for any origin.
"""

import argparse
import sys
from pathlib import Path

import world_network
from processes import medians, run, seconds, table


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the network is, or is to be, written")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--origins", type=int, default=9)
    arguments = parser.parse_args()
    peer = Path(world_network.__file__)
    arrays, geojson = arguments.folder / "world.bin", arguments.folder / "world.geojson"
    world_network.ensure(arguments.folder)
    origins = world_network.origins(arrays, arguments.origins)
    options = [part for origin in origins for part in ("--origin", origin)]

    ours = [arguments.benchmark, "search"]
    commands = {
        "CorridorKit, from arrays": [*ours, arrays, *options],
        "scipy, from arrays": [sys.executable, peer, "scipy", arrays, *options],
        "igraph, from arrays": [sys.executable, peer, "igraph", arrays, *options],
        "CorridorKit, from GeoJSON": [*ours, geojson, *options],
        "GeoPandas and scipy, from GeoJSON": [sys.executable, peer, "scipy", geojson, *options],
    }
    runs = {name: [] for name in commands}
    for _ in range(arguments.runs):
        for name, command in commands.items():
            runs[name].append(run(command))
    rows, answers = [], {}
    results = {name: [r.json() for r in found] for name, found in runs.items()}
    mine = medians(s for r in results["CorridorKit, from arrays"] for s in r["searches"])
    for name, found in results.items():
        load_wall, load_cpu = medians(r["load"] for r in found)
        wall, cpu = medians(s for r in found for s in r["searches"])
        answers[name] = [(r["reached"], r["sum_millimeters"]) for r in found]
        rows.append([
            name, seconds(load_wall), seconds(load_cpu), seconds(wall), seconds(cpu),
            f"{cpu / mine[1]:.1f}",
            f"{max(r.peak_bytes for r in runs[name]) / 1e6:.0f} MB"])
    first = results["CorridorKit, from arrays"][0]
    print(f"### The world's highways: {first['nodes']} nodes, {first['links']} links, both ways\n")
    print(table(
        ["", "load, wall", "processor", "one-to-all, wall", "processor",
         "times CorridorKit's (processor)", "peak memory"], rows))
    reached, sums = answers["CorridorKit, from arrays"][0]
    print(
        f"\n{len(origins)} origins in the largest piece, seed {world_network.SEED}: "
        f"{sum(reached)} nodes reached, {sum(sums)} mm in all. "
        f"Medians of {arguments.runs} runs in turn, each with every origin.\n")
    expected = (reached, sums)
    for name, found in answers.items():
        if any(answer != expected for answer in found):
            raise SystemExit(f"{name}: the distances differ from CorridorKit's")


if __name__ == "__main__":
    main()
