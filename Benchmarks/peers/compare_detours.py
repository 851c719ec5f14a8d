"""For every link the shortest way between its ends without it, beside gravel-fragility's fragility of
all edges.

Fails when an impedance differs.
"""

import argparse
import sys
from pathlib import Path

import gravel
import numpy as np

import exchange
import world_network
from processes import medians, run_within, seconds, table, times

# The grids of its own benchmarks, and road-like networks; the last is the size of the county in its
# README.
GRIDS = {"grid of gravel-fragility, 100 × 100": 100}
SIZES = [7_000, 26_000, 200_000]


def write_grid(path, side):
    """The peer's own generated grid; its unit of length is taken for a kilometre."""
    graph = gravel.make_grid_graph(side, side)
    tails, heads, kilometers = graph.to_coo()
    once = tails < heads
    row, column = np.divmod(np.arange(graph.node_count), side)
    positions = np.column_stack([60 + column / 100, 40 + row / 100])
    world_network.write_arrays(
        path, positions, tails[once], heads[once], kilometers[once] * 1000)


def in_our_order(folder):
    """Puts the peer's answers, a row for each of its arcs, in the order of our arcs."""
    ends = exchange.read(folder, "detour_ends.gravel.u32").reshape(-1, 2).astype(np.int64)
    answers = exchange.read(folder, "detours.gravel.u64")
    nodes, tails, heads, _ = exchange.arcs(folder)
    theirs, ours = ends[:, 0] * nodes + ends[:, 1], tails * nodes + heads
    assert len(np.unique(ours)) == len(ours) == len(theirs), "parallel arcs"
    order = np.argsort(theirs)
    answers[order[np.searchsorted(theirs, ours, sorter=order)]].tofile(
        folder / "detours.gravel.u64")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path, help="a folder for temporary files")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=int, default=300, help="seconds that a peer is given")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    arguments = parser.parse_args()
    arguments.world.mkdir(parents=True, exist_ok=True)
    networks = {}
    for title, side in GRIDS.items():
        path = arguments.world / f"grid-{side}.bin"
        write_grid(path, side)
        networks[title] = [path]
    networks |= {f"road-like, {size:,}": ["--two-way", f"road-like:{size}"] for size in arguments.sizes}
    rows, threads = [], None
    for title, network in networks.items():
        folder = arguments.world / "questions-detours"
        questions = exchange.Exchange(arguments.benchmark, network, folder, pairs=1)
        runs = [questions.ours("detours") for _ in range(arguments.runs)]
        preparation, _ = medians(found["preparation"] for found in runs)
        one, two = (
            medians(time for found in runs for time in found[name])[0]
            for name in ("one_thread", "two_threads"))
        peer = run_within(arguments.limit, [
            sys.executable, Path(__file__).parent / "by_gravel.py", "detours", folder])
        found = {key: value for line in peer for key, value in line.items()}
        cells = [seconds(found["build"]["wall_seconds"])] if "build" in found else [""]
        if "detours" in found:
            in_our_order(folder)
            questions.agree("detours", "gravel")
            theirs = found["detours"]["wall_seconds"]
            threads = found["threads"]
            cells += [seconds(theirs), times(theirs, two)]
        else:
            cells += [f"not done in {arguments.limit} s", f"more than {arguments.limit / two:.0f}"]
        rows.append([
            title, f"{questions.counts['arcs']:,}", seconds(preparation), seconds(one),
            seconds(two), *cells])
    print("### The detour of every link\n")
    print(table(
        ["", "arcs", "preparation", "one thread", "two threads", "its preparation",
         "gravel-fragility", "times faster"], rows))
    print(
        "\nFor every arc the least impedance between its ends without it; the same for every arc where "
        f"gravel-fragility was done in time. It uses {threads} threads, and is compared with two of "
        f"ours, preparation left aside on both sides (ours with the chains and bridges, found once a graph). Medians of {arguments.runs} processes of 5 "
        "rounds for CorridorKit, one of gravel-fragility.\n")


if __name__ == "__main__":
    main()
