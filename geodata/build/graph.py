"""The transport graph while it is being built: nodes, links, lengths, shortest paths.

Positions are longitude and latitude on WGS 84, lengths are metres along the way, distances between
positions are geodesic.
"""

import collections
import dataclasses
import heapq
import json
import math
import re

import pyproj
import shapely

import sources

GEOD = pyproj.Geod(ellps="WGS84")
MODES = {
    # mode: (file, prefix of node identifiers)
    "road": ("scgraph_data/world_highways.py", "r"),
    "rail": ("scgraph_data/world_railways.py", "t"),
}
WEST, SOUTH, EAST, NORTH = 46, 34, 96, 56


def distance_m(a, b):
    """The geodesic distance of two positions."""
    return GEOD.inv(*a, *b)[2]


@dataclasses.dataclass
class Node:
    id: str
    mode: str
    position: tuple
    name: str | None = None
    # The country a patch states for a node at the border; else the polygons decide.
    country: str | None = None


@dataclasses.dataclass
class Link:
    id: str
    start: str
    end: str
    mode: str
    length_m: int
    kind: str = "way"
    crossing: str | None = None
    length_source: str | None = None
    road_class: str | None = None
    # Positions between the two ends, from start to end.
    bends: tuple = ()

    def other(self, node):
        return self.end if node == self.start else self.start


class Graph:
    """Undirected links over named nodes; several links may join the same two nodes."""

    def __init__(self):
        self.nodes = {}
        self.links = {}
        self.at = collections.defaultdict(set)

    def add_node(self, node):
        if node.id in self.nodes:
            raise ValueError(f"node {node.id} exists")
        self.nodes[node.id] = node

    def add_link(self, start, end, length_m, **members):
        """Adds a link and returns it; parallel links get `.2`, `.3`, … behind the identifier."""
        if start == end:
            raise ValueError(f"link from {start} to itself")
        identifier, number = f"{start}-{end}", 1
        while identifier in self.links:
            number += 1
            identifier = f"{start}-{end}.{number}"
        mode = members.pop("mode", self.nodes[start].mode)
        link = Link(identifier, start, end, mode, length_m, **members)
        self.links[identifier] = link
        self.at[start].add(identifier)
        self.at[end].add(identifier)
        return link

    def remove_link(self, identifier):
        link = self.links.pop(identifier)
        self.at[link.start].discard(identifier)
        self.at[link.end].discard(identifier)
        return link

    def between(self, a, b):
        """The links that join two nodes."""
        return [self.links[i] for i in sorted(self.at[a] & self.at[b])]

    def chord_m(self, link):
        return distance_m(self.nodes[link.start].position, self.nodes[link.end].position)

    def positions(self, link):
        return [self.nodes[link.start].position, *link.bends, self.nodes[link.end].position]

    def line(self, link):
        return shapely.LineString(self.positions(link))

    def shortest_path(self, origin, destination, mode, allowed=lambda node: True):
        """Links of the shortest path in one mode over allowed nodes; None when there is none."""
        best, before, queue = {origin: 0}, {}, [(0, origin)]
        while queue:
            cost, node = heapq.heappop(queue)
            if node == destination:
                path = []
                while node != origin:
                    path.append(before[node])
                    node = before[node].other(node)
                return path[::-1]
            if cost > best[node]:
                continue
            for identifier in self.at[node]:
                link = self.links[identifier]
                other, through = link.other(node), cost + link.length_m
                if link.mode != mode or link.kind == "transfer" or not allowed(other):
                    continue
                if through < best.get(other, math.inf):
                    best[other], before[other] = through, link
                    heapq.heappush(queue, (through, other))
        return None

    def pieces(self, mode):
        """The connected pieces of one mode as sets of nodes, the one with most nodes first."""
        left = {n.id for n in self.nodes.values() if n.mode == mode}
        found = []
        for seed in sorted(left):
            if seed not in left:
                continue
            left.discard(seed)
            piece, stack = {seed}, [seed]
            while stack:
                node = stack.pop()
                for identifier in self.at[node]:
                    other = self.links[identifier].other(node)
                    if other in left:
                        left.discard(other)
                        piece.add(other)
                        stack.append(other)
            found.append(piece)
        return sorted(found, key=lambda piece: (-len(piece), min(piece)))

    def drop_piece(self, piece):
        for node in piece:
            for identifier in list(self.at[node]):
                self.remove_link(identifier)
            del self.nodes[node]
            del self.at[node]


def _source(name):
    """Adjacency and positions out of a module of scgraph-data, read as text: the modules import an
    interface that the pinned scgraph no longer has."""
    adjacency = positions = None
    with open(sources.pypi_file(name), encoding="utf-8") as file:
        for line in file:
            if line.startswith("graph="):
                adjacency = json.loads(re.sub(r"(\d+): ", r'"\1":', line[len("graph=") :]))
            elif line.startswith("nodes="):
                positions = json.loads(line[len("nodes=") :])
    return adjacency, positions


def load_clipped(report):
    """The road and rail graph of scgraph-data inside the window.

    Lengths are the source's kilometres along the way. A source length shorter than the chord by
    more than 1 % (rounding of very short links) becomes the chord.
    """
    graph = Graph()
    for mode, (name, prefix) in MODES.items():
        adjacency, positions = _source(name)
        inside = [
            index
            for index, (lat, lon) in enumerate(positions)
            if WEST <= lon <= EAST and SOUTH <= lat <= NORTH
        ]
        kept = set(inside)
        for index in inside:
            lat, lon = positions[index]
            graph.add_node(Node(f"{prefix}{index}", mode, (round(lon, 5), round(lat, 5))))
        cut = loops = short = 0
        for index in inside:
            for key, kilometres in adjacency[index].items():
                other = int(key)
                if other not in kept:
                    cut += 1
                elif other == index:
                    loops += 1
                elif index < other:
                    start, end = f"{prefix}{index}", f"{prefix}{other}"
                    chord = distance_m(graph.nodes[start].position, graph.nodes[end].position)
                    length = round(kilometres * 1000)
                    if length < 0.99 * chord:
                        short += 1
                        length = math.ceil(chord)
                    graph.add_link(start, end, length)
        report(
            f"{mode}: {len(positions):,} nodes in the source, {len(kept):,} in the window; "
            f"{cut} links cut at the window, {loops} loops left out, "
            f"{short} lengths raised to their chord"
        )
    return graph
