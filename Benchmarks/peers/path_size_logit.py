"""A path-size logit with NetworkX, from the files of `geodata` alone."""

import json
import math
from itertools import islice, pairwise

import networkx as nx
import yaml


def link_table(folder):
    """Links as (id, from, to, crossing, metres, seconds) by `profiles/time.yaml`; closed ones left out."""
    profile = yaml.safe_load((folder / "profiles/time.yaml").read_text())
    crossings = {
        feature["id"]: feature["properties"]
        for feature in json.loads((folder / "crossings.geojson").read_text())["features"]}
    table = []
    for feature in json.loads((folder / "network.geojson").read_text())["features"]:
        properties = feature["properties"]
        kind = properties.get("kind", "way")
        if kind == "node":
            continue
        speeds = profile["speeds_kmh"][properties["mode"]]
        speed = properties.get("speed_kmh") or speeds[properties.get("class", "default")]
        hours = 0
        if kind == "transfer":
            hours = properties.get("fixed_h", profile["transfer_h"])
        if kind == "crossing":
            crossing = crossings[properties["crossing"]]
            if crossing.get("status") == "closed":
                continue
            hours = crossing["dwell_h"][profile["dwell"]]
        metres = properties["length_m"]
        table.append((
            feature["id"], properties["from"], properties["to"], properties.get("crossing"), metres,
            metres / (speed / 3.6) + hours * 3600))
    return table


def milliseconds(seconds):
    return max(1, math.floor(seconds * 1000 + 0.5))


def graph_of(table):
    """A graph whose edges have the arc that they stand for: the place of the link in the table, and where
    the arc starts. Of parallel links, all but the first have a node of their own in their middle."""
    graph = nx.DiGraph()
    for number, (_, start, end, _, _, seconds) in enumerate(table):
        for a, b in ((start, end), (end, start)):
            if graph.has_edge(a, b):
                graph.add_edge((number, a), b, impedance=0, arc=None)
                b = (number, a)
            graph.add_edge(a, b, impedance=milliseconds(seconds), arc=(number, a))
    return graph


class Alternatives:
    """Routes as lists of arcs, found on one graph within the limits of the model."""

    def __init__(self, graph, count, stretch, overlap):
        self.graph, self.count, self.stretch, self.overlap = graph, count, stretch, overlap
        self.edges = {}
        for *_, edge in graph.edges(data=True):
            if edge["arc"]:
                self.edges.setdefault(edge["arc"][0], []).append(edge)
        self.taken = []

    def arcs(self, path):
        arcs = (self.graph[a][b]["arc"] for a, b in pairwise(path))
        return [arc for arc in arcs if arc]

    def cost(self, arcs):
        return sum(self.edges[number][0]["impedance"] for number, _ in arcs)

    def consider(self, arcs):
        cost = self.cost(arcs)
        best = self.cost(self.taken[0]) if self.taken else cost
        if cost > self.stretch * best:
            return
        for other in self.taken:
            shared = self.cost(set(arcs) & set(other))
            if arcs == other or shared > self.overlap * min(cost, self.cost(other)):
                return
        self.taken.append(arcs)

    def by_penalty(self, start, end, factor=1.4, rounds=12, watch=None):
        """Routes found by making those found so far dearer.

        `watch` is asked before each search.
        """
        graph, self.taken = self.graph, []
        for *_, edge in graph.edges(data=True):
            edge["now"] = edge["impedance"]
        uses = {}
        for _ in range(rounds + 1):
            if watch:
                watch(start, end)
            arcs = self.arcs(nx.bidirectional_dijkstra(graph, start, end, "now")[1])
            self.consider(arcs)
            if len(self.taken) == self.count:
                break
            for number, _ in arcs:
                uses[number] = uses.get(number, 0) + 1
                for edge in self.edges[number]:
                    own = edge["impedance"]
                    edge["now"] = own + uses[number] * math.ceil((factor - 1) * own)
        return self.taken

    def meets_twins(self, start, end, **options):
        """Whether some search has two ways to choose from that cost the same."""
        found = []

        def watch(start, end):
            least = nx.bidirectional_dijkstra(self.graph, start, end, "now")[0]
            before, _ = nx.dijkstra_predecessor_and_distance(
                self.graph, start, cutoff=least, weight="now")
            node = end
            while before[node]:
                found.append(len(before[node]) > 1)
                node = before[node][0]

        self.by_penalty(start, end, watch=watch, **options)
        return any(found)

    def by_k_shortest(self, start, end):
        self.taken = []
        for path in islice(nx.shortest_simple_paths(self.graph, start, end, "impedance"), self.count):
            self.consider(self.arcs(path))
        return self.taken

    def ends_with_twins(self, start, end):
        """Whether the shortest route beyond those that are looked at costs as much as the last of them."""
        paths = islice(
            nx.shortest_simple_paths(self.graph, start, end, "impedance"), self.count + 1)
        costs = [self.cost(self.arcs(path)) for path in paths]
        return len(costs) > self.count and costs[-1] == costs[-2]


def probabilities(routes, table, theta, beta):
    users = {}
    for arc in (arc for route in routes for arc in route):
        users[arc] = users.get(arc, 0) + 1
    weights = []
    for route in routes:
        metres = sum(table[number][4] for number, _ in route)
        size = sum(table[arc[0]][4] / users[arc] for arc in route) / metres
        hours = sum(table[number][5] for number, _ in route) / 3600
        weights.append((hours, size))
    least = min(hours for hours, _ in weights)
    terms = [math.exp(-theta * (hours - least)) * size**beta for hours, size in weights]
    return [term / sum(terms) for term in terms]
