"""Closures and draws under the shipped demand, and N-1 by shortest ways beside NetworkX.

Fails when lost mass or extra hours differ.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

import networkx as nx

from path_size_logit import graph_of, link_table
from processes import medians, run, seconds, table, timed, times

TOLERANCE = 1e-6


class ShortestWays:
    """Trips by NetworkX's Dijkstra, sent again where a closed crossing lies on their way."""

    def __init__(self, rows, trips):
        self.rows = rows
        self.graph = graph_of(rows)
        self.trips = trips
        self.open, _ = self.ways(range(len(trips)))

    def ways(self, trips):
        """By trip the arcs of its way; the trips that have none."""
        by_origin = {}
        for index in trips:
            by_origin.setdefault(self.trips[index]["origin"], []).append(index)
        found, lost = {}, []
        for origin, indices in by_origin.items():
            before, distance = nx.dijkstra_predecessor_and_distance(
                self.graph, origin, weight="impedance")
            for index in indices:
                node, arcs = self.trips[index]["destination"], []
                if node not in distance:
                    lost.append(index)
                    continue
                while node != origin:
                    arc = self.graph[before[node][0]][node]["arc"]
                    if arc:
                        arcs.append(arc)
                    node = before[node][0]
                found[index] = arcs
        return found, lost

    def time(self, arcs):
        return sum(self.rows[number][5] for number, _ in arcs)

    def close(self, crossing):
        """Lost mass and mass × extra seconds."""
        numbers = {number for number, row in enumerate(self.rows) if row[3] == crossing}
        passing = [
            index for index, arcs in self.open.items()
            if any(number in numbers for number, _ in arcs)]
        edges = [
            (a, b, edge) for a, b, edge in self.graph.edges(data=True)
            if edge["arc"] and edge["arc"][0] in numbers]
        self.graph.remove_edges_from(edges)
        found, lost = self.ways(passing)
        self.graph.add_edges_from(edges)
        mass = self.mass
        return (
            sum(mass(index) for index in lost),
            sum(mass(i) * (self.time(arcs) - self.time(self.open[i])) for i, arcs in found.items()))

    def mass(self, index):
        return self.trips[index]["mass"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--paired", type=int, default=64, help="crossings of which all pairs close")
    parser.add_argument("--players", type=int, default=8, help="crossings with Shapley values")
    parser.add_argument("--limit", type=float, default=300, help="seconds for NetworkX")
    arguments = parser.parse_args()
    command = [arguments.benchmark, "whatif", arguments.data]
    # What takes long is asked once.
    whole = run([
        *command, "--draws", arguments.draws, "--paired", arguments.paired, "--players",
        arguments.players]).json()
    runs = [whole] + [run(command).json() for _ in range(arguments.runs - 1)]
    shortest = whole["shortest"]["rows"]

    # NetworkX closes the crossings that most mass passes, as many as it can.
    peer, preparation = timed(lambda: ShortestWays(link_table(arguments.data), whole["trips"]))
    stop = time.perf_counter() + arguments.limit
    used = [row for row in shortest if row["passing_mass"] > 0]
    closings, worst = [], 0.0
    for row in sorted(used, key=lambda row: -row["passing_mass"])[:10]:
        if time.perf_counter() > stop:
            break
        (lost, extra), spent = timed(lambda: peer.close(row["id"]))
        closings.append(spent)
        for mine, other in ((row["lost_mass"], lost), (row["extra_seconds"], extra)):
            worst = max(worst, abs(mine - other) / max(1, abs(other)))

    print("### What-if under the shipped demand\n")
    crossings = len(shortest)

    def scenario(step, value):
        return seconds(statistics.median(found[step][value] for found in runs))

    longest = seconds(statistics.median(found["worst_seconds"] for found in runs))
    touching = whole["touching"]["count"]
    print(table(
        ["one scenario by path-size logit, one thread", "median", "nine of ten", "longest"],
        [
            [label, scenario(step, "median_seconds"), scenario(step, "ninetieth_seconds"), longest]
            for label, step in (
                (f"each of {crossings} crossings closed", "scenario"),
                (f"the {touching} of them that some considered way uses", "touching"))
        ]))

    def row(label, count, measurements):
        wall, processor = medians(measurements)
        return [label, count, seconds(wall), seconds(processor), seconds(processor / count)]

    def closing(model):
        return [found[model]["closing"] for found in runs]

    rows = [
        row("N-1 by path-size logit", crossings, closing("path_size_logit")),
        row("N-1 by shortest ways", crossings, closing("shortest")),
    ]
    for key, label in (
        ("draws", "Monte Carlo draws, once"), ("pairs", "N-2, exact, once"),
        ("shapley", "Shapley values of hours, exact, once")):
        if key in whole:
            rows.append(row(label, whole[key]["count"], [whole[key]["time"]]))
    print("\n" + table(
        ["many scenarios by path-size logit unless said", "how many", "wall", "processor",
         "processor, each"], rows))

    ours = medians(closing("shortest"))[1] / len(used)
    each = statistics.mean(spent["cpu_seconds"] for spent in closings)
    print(
        f"\n{len(whole['trips'])} trips; all with everything open: path-size logit "
        f"{seconds(medians(found['path_size_logit']['preparation'] for found in runs)[1])}, shortest "
        f"{seconds(medians(found['shortest']['preparation'] for found in runs)[1])} of processor time, "
        f"not part of the above. N-1 tells lost mass, hours, displacement and every province of each "
        f"closure; a scenario, alone, tells the same. All but single scenarios use every core.\n\n"
        f"NetworkX, by shortest ways: lost mass and extra hours of a crossing in {seconds(each)} of processor "
        f"time, the mean of the {len(closings)} that most mass passes. CorridorKit's N-1 takes {seconds(ours)} for each of "
        f"the {len(used)} crossings that a shortest way uses: {times(each, ours)} times faster, if the others "
        f"cost NetworkX as much. All trips with everything open take it {seconds(preparation['cpu_seconds'])}, reading "
        f"included. Lost mass and extra hours differ by at most {worst:.1e} of the figure. Medians of {arguments.runs} processes.\n")
    sys.exit(worst > TOLERANCE or not closings)


if __name__ == "__main__":
    main()
