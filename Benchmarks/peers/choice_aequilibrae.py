"""A path-size logit with AequilibraE over pairs of the shipped demand, chosen by length on one thread.

Reads as JSON what `CorridorBenchmark choice --measure distance --routes` says. AequilibraE finds
alternatives of its own, which is timed, and computes the probabilities of CorridorKit's alternatives,
which are compared. Prints JSON.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from aequilibrae.paths import Graph, RouteChoice

from path_size_logit import link_table
from processes import timed


def network(table, theta):
    """AequilibraE's table of links, by a number of our own; costs are in the unit of θ."""
    nodes = {}
    rows, joined = [], set()
    for _, start, end, _, metres, _ in table:
        a, b = (nodes.setdefault(node, len(nodes) + 1) for node in (start, end))
        # It takes one of parallel links, all but the first of which are cut in two.
        parts = [(a, b)]
        if frozenset((a, b)) in joined:
            middle = len(nodes) + 1
            nodes[len(rows)] = middle
            parts = [(a, middle), (middle, b)]
        joined.add(frozenset((a, b)))
        rows.append([(*part, theta * metres / 100_000 / len(parts)) for part in parts])
    numbers, flat = [], []
    for parts in rows:
        numbers.append(range(len(flat) + 1, len(flat) + len(parts) + 1))
        flat += parts
    links = pd.DataFrame(flat, columns=["a_node", "b_node", "cost"])
    links.insert(0, "link_id", np.arange(1, len(links) + 1))
    links["direction"] = 0
    return nodes, numbers, links


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("--limit", type=float, default=300, help="seconds for alternatives of its own")
    arguments = parser.parse_args()
    asked = json.load(sys.stdin)
    table = link_table(arguments.data)
    place = {row[0]: number for number, row in enumerate(table)}
    nodes, numbers, links = network(table, asked["theta"])
    pairs = [
        pair for pair in asked["pairs"]
        if pair["routes"] and pair["trip"]["origin"] != pair["trip"]["destination"]]
    # Several layers may have the same pair, whose routes it would take for one set, each twice.
    pairs = list({
        (pair["trip"]["origin"], pair["trip"]["destination"]): pair for pair in pairs}.values())
    ends = [(nodes[pair["trip"]["origin"]], nodes[pair["trip"]["destination"]]) for pair in pairs]

    def prepare():
        graph = Graph()
        graph.network = links
        graph.prepare_graph(np.array(sorted({node for pair in ends for node in pair})))
        graph.set_graph("cost")
        graph.set_blocked_centroid_flows(False)
        return graph

    graph, preparation = timed(prepare)

    def choice(ends):
        choice = RouteChoice(graph)
        choice.set_cores(1)
        choice.set_choice_set_generation(
            "lp", max_routes=asked["count"], max_depth=asked["rounds"] + 1,
            penalty=asked["factor"], beta=asked["beta"], store_results=True)
        choice.prepare(ends)
        return choice

    # Every so manieth pair, so that those that are sent in time are of all kinds.
    stop = time.perf_counter() + arguments.limit
    times, sent, route_count = [], 0, 0
    stride = len(ends) // 10 + 1
    for first in range(stride):
        if time.perf_counter() > stop:
            break
        some = ends[first::stride]
        if not some:
            break
        own = choice(some)
        times.append(timed(lambda: own.execute(perform_assignment=True))[1])
        sent += len(some)
        route_count += len(own.get_results())

    def signed(pair):
        """CorridorKit's routes as numbers of links, negative where they are used backwards."""
        for route in pair["routes"]:
            node, signs = pair["trip"]["origin"], []
            for link in route:
                number = place[link]
                _, start, end, *_ = table[number]
                if node == start:
                    signs += numbers[number]
                    node = end
                else:
                    signs += [-part for part in reversed(numbers[number])]
                    node = start
            yield signs

    rows = [
        (*ends[index], np.array(route, dtype=np.int64), probability)
        for index, pair in enumerate(pairs)
        for route, probability in zip(signed(pair), pair["probabilities"])]
    frame = pd.DataFrame(
        [row[:3] for row in rows], columns=["origin id", "destination id", "route set"]
    ).astype({"origin id": "uint32", "destination id": "uint32"})
    given = choice(ends)
    _, given_time = timed(lambda: given.execute_from_pandas(frame, recompute_psl=True))

    def by_route(ends, routes, probabilities):
        return {
            (*map(int, pair), *map(int, route)): probability
            for pair, route, probability in zip(ends, routes, probabilities, strict=True)}

    result = given.get_results()
    theirs = by_route(
        zip(result["origin id"], result["destination id"]), result["route set"],
        result["probability"])
    ours = by_route((row[:2] for row in rows), (row[2] for row in rows), (row[3] for row in rows))
    print(json.dumps({
        "pairs": sent, "preparation": preparation,
        "time": {key: sum(spent[key] for spent in times) for key in preparation},
        "routes": route_count, "given_pairs": len(pairs),
        "given_time": given_time, "compared": len(ours), "same_routes": ours.keys() == theirs.keys(),
        "difference": max(abs(ours[key] - theirs.get(key, 0)) for key in ours)}))


if __name__ == "__main__":
    main()
