"""The ten cheapest loopless routes between two nodes of a road-like network of 40,000 nodes, beside
igraph.

Fails when the impedances of the routes differ.
"""

import argparse
import statistics
import sys
from pathlib import Path

import exchange
from processes import run_within, seconds, table, times

COUNT = 10


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path, help="a folder for temporary files")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--nodes", type=int, default=40_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--limit", type=int, default=300, help="seconds that igraph is given")
    arguments = parser.parse_args()
    folder = arguments.world / "questions-alternatives"
    questions = exchange.Exchange(
        arguments.benchmark, [f"road-like:{arguments.nodes}"], folder, pairs=arguments.pairs)
    runs = [
        questions.ours("alternatives", "--count", COUNT) for _ in range(arguments.runs)]
    ours = [
        statistics.median(found["pairs"][pair]["median_seconds"] for found in runs)
        for pair in range(arguments.pairs)]
    peer = run_within(arguments.limit, [
        sys.executable, Path(__file__).parent / "k_shortest_igraph.py", folder, "--count", COUNT])
    questions.agree("alternatives", "igraph")

    print(f"### The {COUNT} shortest routes, road-like, {questions.counts['nodes']:,} nodes\n")
    rows = []
    for pair, mine in enumerate(ours):
        theirs = peer[pair]["wall_seconds"] if pair < len(peer) else None
        rows.append([
            f"pair {pair + 1}, {runs[0]['links'][pair]} links", seconds(mine),
            seconds(theirs) if theirs else "not done in time",
            times(theirs, mine) if theirs else ""])
    print(table(["", "CorridorKit", "igraph", "times faster"], rows))
    print(
        f"\nAll impedances of the {len(peer)} × {COUNT} routes are the same. The hierarchy is made "
        f"beforehand, in {seconds(runs[0]['preparation']['wall_seconds'])}. Medians of "
        f"{arguments.runs} processes for CorridorKit; igraph once, within {arguments.limit} s.\n")


if __name__ == "__main__":
    main()
