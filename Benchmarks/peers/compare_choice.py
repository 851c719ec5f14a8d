"""A path-size logit for the pairs of the shipped demand, beside NetworkX and AequilibraE.

Fails when a probability differs.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from path_size_logit import Alternatives, graph_of, link_table, probabilities
from processes import medians, run, seconds, table, timed, times

TOLERANCE = 1e-9


def by_networkx(asked, data, count, limit):
    """Some pairs again with NetworkX: how many, of them with twins, seconds of each, the largest difference."""
    rows = link_table(data)
    graph = graph_of(rows)
    search = Alternatives(graph, asked["count"], asked["stretch"], asked["overlap"])
    options = {"factor": asked["factor"], "rounds": asked["rounds"]}
    pairs = [
        pair for pair in asked["pairs"]
        if pair["routes"] and pair["trip"]["origin"] != pair["trip"]["destination"]]
    stop = time.perf_counter() + limit
    taken, twins, worst = [], 0, 0.0
    for pair in pairs[::max(1, len(pairs) // count)][:count]:
        if time.perf_counter() > stop:
            break
        ends = pair["trip"]["origin"], pair["trip"]["destination"]

        def choose():
            routes = search.by_penalty(*ends, **options)
            return routes, probabilities(routes, rows, asked["theta"], asked["beta"])

        (routes, shares), spent = timed(choose)
        taken.append(spent)
        theirs = {
            tuple(rows[number][0] for number, _ in route): share
            for route, share in zip(routes, shares)}
        ours = {
            tuple(route): share for route, share in zip(pair["routes"], pair["probabilities"])}
        difference = max(
            abs(ours.get(key, 0) - theirs.get(key, 0)) for key in ours.keys() | theirs)
        # Of ways that cost the same each takes the one that its own rule prefers.
        if difference > TOLERANCE and search.meets_twins(*ends, **options):
            twins += 1
        else:
            worst = max(worst, difference)
    return taken, twins, worst


def by_aequilibrae(asked, data, limit):
    """The same by AequilibraE, in a process of its own."""
    output = subprocess.run(
        [
            sys.executable, Path(__file__).with_name("choice_aequilibrae.py"), data, "--limit",
            str(limit)],
        input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(output)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=10, help="so many pairs with NetworkX")
    parser.add_argument("--limit", type=float, default=300, help="seconds for each peer")
    arguments = parser.parse_args()

    def ask(measure, *options):
        return run([
            arguments.benchmark, "choice", arguments.data, "--measure", measure, *options]).json()

    runs = {
        measure: [ask(measure) for _ in range(arguments.runs)] for measure in ("time", "distance")}
    count = len(runs["time"][0]["pairs"])

    def ours(measure, step):
        return medians(found for process in runs[measure] for found in process[step])

    taken, twins, worst = by_networkx(
        ask("time", "--routes"), arguments.data, arguments.pairs, arguments.limit)
    aequilibrae = by_aequilibrae(
        ask("distance", "--routes"), arguments.data, arguments.limit)

    print(f"### Path-size logit for the {count} pairs of the shipped demand, one thread\n")
    by_time, by_length = (ours(measure, "shares") for measure in runs)

    def row(label, pairs, spent, base):
        each = [value / pairs for value in spent]
        return [
            label, pairs, *map(seconds, each), times(each[1], base[1] / count)]

    rows = [
        row("CorridorKit, by time", count, by_time, by_time),
        row("CorridorKit, by time, with the use of every link", count, ours("time", "uses"), by_time),
        row("NetworkX, by time", len(taken), [
            sum(spent[key] for spent in taken) for key in ("wall_seconds", "cpu_seconds")], by_time),
        row("CorridorKit, by length", count, by_length, by_length),
        row("AequilibraE, by length, alternatives of its own", aequilibrae["pairs"],
            medians([aequilibrae["time"]]), by_length),
    ]
    print(table(
        ["", "pairs", "a pair, wall", "processor", "times CorridorKit's (processor)"], rows))
    first = runs["time"][0]
    print(
        f"\nPenalty alternatives (factor {first['factor']}, {first['rounds']} rounds, at most "
        f"{first['count']} ways, cost ≤ {first['stretch']} × the least, overlap ≤ "
        f"{first['overlap']}), θ = {first['theta']:g}, β = {first['beta']:g}; "
        f"{first['route_count']:,} ways by time, {runs['distance'][0]['route_count']:,} by length. "
        f"NetworkX: the same ways and probabilities for {len(taken) - twins} of "
        f"{len(taken)} pairs, largest difference {worst:.1e}; "
        f"{twins} met ways that cost the same and took another of them. "
        f"AequilibraE found {aequilibrae['routes']:,} ways of its own for {aequilibrae['pairs']} pairs; "
        f"given CorridorKit's {aequilibrae['compared']:,} by length for {aequilibrae['given_pairs']} pairs, it "
        f"has the same probabilities, largest difference {aequilibrae['difference']:.1e}. Its graph, "
        f"{seconds(medians([aequilibrae['preparation']])[1])}, is made beforehand, as the hierarchy is. "
        f"Medians of {arguments.runs} processes for CorridorKit; the others once.\n")
    sys.exit(
        max(worst, aequilibrae["difference"]) > TOLERANCE or not taken
        or not aequilibrae["same_routes"])


if __name__ == "__main__":
    main()
