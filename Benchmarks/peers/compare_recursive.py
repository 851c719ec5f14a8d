"""A recursive logit on all links of the shipped network, beside scipy's sparse solver.

Fails when expected metres or seconds differ.
"""

import argparse
import statistics
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csc_matrix, identity
from scipy.sparse.csgraph import dijkstra
from scipy.sparse.linalg import spsolve

from path_size_logit import link_table
from processes import run, seconds, table, timed

TOLERANCE = 1e-8


class Walks:
    """Arcs as states: after each any arc that leaves its head follows, but not straight back."""

    def __init__(self, rows):
        self.nodes = {}
        for _, start, end, *_ in rows:
            for node in (start, end):
                self.nodes.setdefault(node, len(self.nodes))
        start = np.array([self.nodes[row[1]] for row in rows])
        end = np.array([self.nodes[row[2]] for row in rows])
        self.tails, self.heads = np.concatenate([start, end]), np.concatenate([end, start])
        self.links = np.tile(np.arange(len(rows)), 2)
        self.metres = np.array([row[4] for row in rows])[self.links]
        self.seconds = np.array([row[5] for row in rows])[self.links]
        leaving = {}
        for arc, tail in enumerate(self.tails):
            leaving.setdefault(tail, []).append(arc)
        follows = [
            (arc, after) for arc, head in enumerate(self.heads) for after in leaving[head]
            if self.links[after] != self.links[arc]]
        self.before, self.after = np.array(follows).T
        self.leaving = leaving
        # Of parallel links the shortest counts, where scipy would take their sum.
        order = np.argsort(-self.seconds, kind="stable")
        least = {(self.tails[arc], self.heads[arc]): self.seconds[arc] for arc in order}
        ends = np.array(list(least)).T
        self.graph = csc_matrix(
            (np.array(list(least.values())), ends), shape=(len(self.nodes),) * 2)

    def expected(self, origin, destination, theta):
        """Expected metres and seconds from one node to another, and what the one solve took."""
        start, end = self.nodes[origin], self.nodes[destination]
        # Both directions cost the same. Scaled by these distances, z is neither 0 nor infinite.
        left = dijkstra(self.graph, indices=end)
        toll = theta / 3600 * (self.seconds + left[self.heads])
        goes = self.heads[self.before] != end
        before, after = self.before[goes], self.after[goes]
        reached = np.isfinite(left[self.heads[before]])
        before, after = before[reached], after[reached]
        weights = np.exp(theta / 3600 * left[self.heads[before]] - toll[after])
        count = len(self.heads)
        matrix = (identity(count) - csc_matrix((weights, (before, after)), (count, count))).tocsc()
        ends = (self.heads == end).astype(float)
        z, spent = timed(lambda: spsolve(matrix, ends))
        # From a dead end, where z is 0, nothing leads on.
        chances = weights * z[after] / np.where(z[before] > 0, z[before], 1)
        first = np.zeros(count)
        arcs = np.array(self.leaving[start])
        first[arcs] = np.exp(theta / 3600 * left[start] - toll[arcs]) * z[arcs]
        first /= first.sum()
        uses = spsolve(
            (identity(count) - csc_matrix((chances, (after, before)), (count, count))).tocsc(), first)
        return uses @ self.metres, uses @ self.seconds, spent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--theta", type=float, default=600, help="per hour")
    arguments = parser.parse_args()
    runs = [
        run([
            arguments.benchmark, "recursive", arguments.data, "--theta", arguments.theta]).json()
        for _ in range(arguments.runs)]
    first = runs[0]
    walks = Walks(link_table(arguments.data))
    theirs, worst = [], 0.0
    for destination in first["destinations"]:
        trip = destination["trip"]
        metres, time, spent = walks.expected(trip["origin"], trip["destination"], arguments.theta)
        theirs.append(spent)
        worst = max(
            worst, abs(metres / destination["meters"] - 1), abs(time / destination["seconds"] - 1))

    print(f"### Recursive logit on {first['arcs']:,} arcs, θ = {arguments.theta:g} per hour\n")

    def median(step, clock):
        return statistics.median(
            found[step][clock] for process in runs for found in process["destinations"])

    def scipy(clock):
        return statistics.median(spent[clock] for spent in theirs)

    base = median("use", "cpu_seconds")

    def row(label, values):
        wall, processor = values
        return [label, seconds(wall), seconds(processor), f"{processor / base:.2f}"]

    clocks = ("wall_seconds", "cpu_seconds")
    print(table(
        ["a destination, one thread", "wall", "processor", "times the first row (processor)"],
        [
            row(label, [median(step, clock) for clock in clocks])
            for label, step in (
                ("CorridorKit: a pair, the use of every link", "use"),
                ("and the chance of entering every province", "entering"),
                ("CorridorKit: all pairs of the destination, the use of every link", "all_uses"))
        ] + [row("scipy: z alone, by `spsolve`", [scipy(clock) for clock in clocks])]))
    counts = ", ".join(str(found["trip_count"]) for found in first["destinations"])
    print(
        f"\nThe {len(theirs)} destinations that most mass goes to, of {counts} pairs. CorridorKit's "
        "times hold everything: the equations, the order of elimination, the check that the model exists, "
        "two solutions, the chance that a walk visits no node twice. "
        f"scipy is given the same matrix, scaled, and solves it once; another solve, not counted, gives "
        f"the expected metres and seconds of a pair, which differ by at most {worst:.1e}. Medians of "
        f"{arguments.runs} processes for CorridorKit; scipy once for each destination.\n")
    sys.exit(worst > TOLERANCE or not theirs)


if __name__ == "__main__":
    main()
