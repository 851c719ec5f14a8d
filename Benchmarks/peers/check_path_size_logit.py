"""Path-size logit on the shipped network, computed again with NetworkX.

Times, alternatives, path sizes and probabilities are made here from the files of `geodata` alone: the
links become a NetworkX graph, alternatives come from its Dijkstra (penalty) or its Yen (k shortest), and
the logit is a few lines. Where a way has an equally dear twin, each program takes the one that its own rule
prefers: pairs with such a way are left out. The use of every link, the probability of every crossing, and the expected metres
and seconds are compared with what `corridor exposure` says. Ends with 1 where anything differs by more
than 1e-9.
"""

import argparse
import json
import math
import subprocess
import sys
from itertools import islice
from pathlib import Path

import networkx as nx
import yaml

PAIRS = [
    ("Bishkek", "Almaty"), ("Almaty", "Astana"), ("Taraz", "Shymkent"), ("Almaty", "Taldykorgan"),
    ("Almaty", "Khorgos"), ("Shymkent", "Almaty"), ("Tashkent", "Shymkent"), ("Astana", "Kostanay"),
    ("Karaganda", "Pavlodar"), ("Bishkek", "Taraz"), ("Aktobe", "Atyrau"), ("Dushanbe", "Tashkent"),
]
MODELS = {
    "penalty": ["--theta", "1.5", "--beta", "0.8"],
    "k-shortest": ["--k", "4", "--max-overlap", "1"],
}


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


def graph_of(table):
    """A graph in which parallel links stay apart: each link has a node of its own in its middle."""
    graph = nx.DiGraph()
    for number, (_, start, end, _, _, seconds) in enumerate(table):
        impedance = max(1, math.floor(seconds * 1000 + 0.5))
        for a, b in ((start, end), (end, start)):
            middle = (number, a)
            graph.add_edge(a, middle, impedance=impedance)
            graph.add_edge(middle, b, impedance=0)
    return graph


def arcs_of(path):
    return [node for node in path if isinstance(node, tuple)]


class Alternatives:
    """Routes as lists of arcs within the limits of the model."""

    def __init__(self, graph, count, stretch, overlap):
        self.graph, self.count, self.stretch, self.overlap = graph, count, stretch, overlap
        self.taken = []

    def impedance(self, arc):
        return next(iter(self.graph.pred[arc].values()))["impedance"]

    def cost(self, arcs):
        return sum(map(self.impedance, arcs))

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

    def by_penalty(self, start, end, factor=1.4, rounds=30):
        graph = self.graph
        for *_, attributes in graph.edges(data=True):
            attributes["now"] = attributes["impedance"]
        surcharged = {}
        for _ in range(rounds + 1):
            arcs = arcs_of(nx.dijkstra_path(graph, start, end, "now"))
            self.consider(arcs)
            if len(self.taken) == self.count:
                break
            for number, _ in arcs:
                surcharged[number] = surcharged.get(number, 0) + 1
                for arc in self.both[number]:
                    own = self.impedance(arc)
                    edge = next(iter(graph.pred[arc].values()))
                    edge["now"] = own + surcharged[number] * math.ceil((factor - 1) * own)
        return self.taken

    def by_k_shortest(self, start, end):
        for path in islice(nx.shortest_simple_paths(self.graph, start, end, "impedance"), self.count):
            self.consider(arcs_of(path))
        return self.taken


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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corridor", help="the program")
    parser.add_argument("geodata", type=Path)
    parser.add_argument("--pairs", type=int, default=len(PAIRS))
    parser.add_argument("--sources", default=",".join(MODELS))
    arguments = parser.parse_args()
    table = link_table(arguments.geodata)
    graph = graph_of(table)
    both = {}
    for node in graph:
        if isinstance(node, tuple):
            both.setdefault(node[0], []).append(node)
    worst, compared = 0.0, 0

    def ask(pair, options, unit):
        command = [
            arguments.corridor, "exposure", "--from", pair[0], "--to", pair[1], "--model", "psl",
            *options, "--by", unit, "--format", "json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

    for source in arguments.sources.split(","):
        options = ["--alternatives", source, *MODELS[source]]
        given = dict(zip(MODELS[source][::2], map(float, MODELS[source][1::2])))
        for pair in PAIRS[:arguments.pairs]:
            trip = ask(pair, options, "province")["trips"][0]
            search = Alternatives(
                graph, int(given.get("--k", 10)), 1.5, given.get("--max-overlap", 0.8))
            search.both = both
            find = search.by_penalty if source == "penalty" else search.by_k_shortest
            routes = find(trip["origin"]["node"], trip["destination"]["node"])
            shares = probabilities(
                routes, table, given.get("--theta", 1), given.get("--beta", 1))
            use, passing = {}, {}
            for route, share in zip(routes, shares):
                for number, _ in route:
                    use[table[number][0]] = use.get(table[number][0], 0) + share
                for crossing in {table[number][3] for number, _ in route} - {None}:
                    passing[crossing] = passing.get(crossing, 0) + share
            metres = sum(use.get(row[0], 0) * row[4] for row in table)
            seconds = sum(use.get(row[0], 0) * row[5] for row in table)
            links = {row["id"]: row["use_mass"] for row in ask(pair, options, "link")["links"]}
            crossings = {
                row["id"]: row["passing_share"]
                for row in ask(pair, options, "crossing")["crossings"] if row["passing_share"] > 0}
            differences = [
                abs(trip["length_m"] / metres - 1), abs(trip["travel_time_s"] / seconds - 1)]
            for mine, theirs in ((use, links), (passing, crossings)):
                differences += [
                    abs(mine.get(key, 0) - theirs.get(key, 0)) for key in mine.keys() | theirs]
            worst = max(worst, max(differences))
            compared += len(differences)
            print(
                f"{source} {pair[0]}–{pair[1]}: {len(routes)} ways, {len(links)} links, "
                f"{len(crossings)} crossings, largest difference {max(differences):.1e}", flush=True)
    print(f"{compared} figures, largest difference {worst:.1e}")
    sys.exit(worst > 1e-9)


if __name__ == "__main__":
    main()
