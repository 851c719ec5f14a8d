"""Applies the reviewed patches of patches/*.yaml to the graph (the operations are described in
patches/README.md). A patch that does not fit the graph stops the build."""

import math
import pathlib
import re

import yaml

from borders import nearest_on
from graph import Node, distance_m

FOLDER = pathlib.Path(__file__).parent / "patches"
SNAP_KM = 5
PREFIX = {"road": "r", "rail": "t"}
OPERATIONS = {
    "via": {"mode", "from", "to", "towns", "length_km"},
    "add": {"mode", "points", "length_km", "snap_km"},
    "length": {"mode", "from", "to", "via", "length_km"},
    "remove": {"mode", "from", "to", "link"},
    "class": {"mode", "from", "to", "via", "class"},
}
COMMON = {"id", "op", "reason", "source"}


class PatchError(Exception):
    pass


def load():
    """(file name, places, patches) of each file, in the order of the file names."""
    files = []
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(content, list):
            content = {"patches": content}
        files.append((path.name, content.get("places", {}), content["patches"]))
    return files


class Patcher:
    """Applies patches one after the other; keeps what the report and the crossings need."""

    def __init__(self, graph, countries, catalogue, report):
        self.graph = graph
        self.countries = countries
        self.catalogue = {entry["id"]: entry for entry in catalogue}
        self.report = report
        self.placed = set()
        self.applied = {}

    def apply(self, places, patches):
        failed = []
        for patch in patches:
            name = patch.get("id", "patch without id")
            try:
                unknown = set(patch) - COMMON - OPERATIONS[patch["op"]]
                missing = (COMMON | {"mode"}) - set(patch)
                if unknown or missing:
                    raise PatchError(f"unknown {sorted(unknown)}, missing {sorted(missing)}")
                getattr(self, "_" + patch["op"])(patch, places)
            except (PatchError, KeyError, ValueError) as error:
                failed.append(f"{name}: {type(error).__name__} {error}")
                continue
            self.applied[patch["op"]] = self.applied.get(patch["op"], 0) + 1
        if failed:
            raise PatchError("\n".join(failed))

    # Places

    def _place(self, reference, places):
        """A reference as a dictionary: {node}, {crossing} or {name, lon, lat, …}."""
        if isinstance(reference, dict):
            return reference
        if reference in places:
            return places[reference]
        if reference in self.graph.nodes:
            return {"node": reference}
        if reference in self.catalogue:
            return {"crossing": reference}
        raise PatchError(f"unknown place {reference}")

    def nearest(self, position, mode, within_km):
        """The nearest node of a mode in the same country, None beyond the distance. The sides of a
        crossing do not count: nobody lives there."""
        country = self.countries.at(position)
        degrees = within_km / 50  # A generous box: a degree of longitude is 62 km at 56 N.
        found = [
            (distance_m(position, node.position), node.id)
            for node in self.graph.nodes.values()
            if node.mode == mode
            and "/" not in node.id
            and abs(node.position[0] - position[0]) < degrees
            and abs(node.position[1] - position[1]) < degrees
            and self.country(node) == country
        ]
        found = [pair for pair in found if pair[0] <= within_km * 1000]
        return min(found)[1] if found else None

    def country(self, node):
        return node.country or self.countries.at(node.position)

    def _node(self, place, mode, snap_km, create):
        """The node of a place: the one named, the place's own, the nearest, or a new one."""
        if "node" in place:
            if place["node"] not in self.graph.nodes:
                raise PatchError(f"no node {place['node']}")
            return place["node"]
        if "geonames" in place:
            own = f"{PREFIX[mode]}g{place['geonames']}"
        else:
            own = f"{PREFIX[mode]}:{re.sub('[^a-z0-9]+', '-', place['name'].lower()).strip('-')}"
        position = (round(place["lon"], 5), round(place["lat"], 5))
        if own in self.graph.nodes:
            if self.graph.nodes[own].position != position:
                raise PatchError(f"{own} stands at two places")
            return own
        near = self.nearest(position, mode, place.get("snap_km", snap_km))
        if near:
            if self.graph.nodes[near].name is None:
                self.graph.nodes[near].name = place["name"]
            return near
        if not create:
            raise PatchError(f"no {mode} node within {snap_km} km of {place['name']}")
        self.graph.add_node(Node(own, mode, position, place["name"]))
        return own

    def place_crossing(self, entry, position):
        """The two side nodes and the arc of a crossing at a position on the border."""
        sides = {}
        for country in entry["countries"]:
            identifier = f"{entry['id']}/{country}"
            sides[country] = identifier
            self.graph.add_node(Node(identifier, entry["mode"], position, entry["name"], country))
        a, b = entry["countries"]
        arc = self.graph.add_link(
            sides[a], sides[b], 0, kind="crossing", crossing=entry["id"], mode=entry["mode"]
        )
        self.graph.links[f"x:{entry['id']}"] = self.graph.remove_link(arc.id)
        arc.id = f"x:{entry['id']}"
        for side in sides.values():
            self.graph.at[side].add(arc.id)
        self.placed.add(entry["id"])
        return sides

    def _sides(self, identifier, mode):
        """The side nodes of a catalogued crossing, placed at the border point nearest to the
        catalogue's coordinate when it does not stand yet."""
        entry = self.catalogue[identifier]
        if entry["mode"] != mode:
            raise PatchError(f"{identifier} is a {entry['mode']} crossing")
        if identifier in self.placed:
            return {c: f"{identifier}/{c}" for c in entry["countries"]}
        border = self.countries.border(*entry["countries"])
        position = nearest_on(border, (entry["lon"], entry["lat"]))
        return self.place_crossing(entry, position)

    def _chain(self, references, mode, places, snap_km, create_ends):
        """The pairs of nodes to be linked, in order; a crossing breaks the chain at its arc."""
        resolved = [self._place(reference, places) for reference in references]
        pairs, previous = [], None
        for index, place in enumerate(resolved):
            if "crossing" in place:
                sides = self._sides(place["crossing"], mode)
                if previous is None:
                    raise PatchError("a chain does not begin at a crossing")
                near = self.country(self.graph.nodes[previous])
                if near not in sides:
                    raise PatchError(f"{place['crossing']} is not a border of {near}")
                pairs.append((previous, sides[near]))
                (previous,) = [node for country, node in sides.items() if country != near]
                continue
            end = index in (0, len(resolved) - 1)
            node = self._node(place, mode, snap_km, create=not end or create_ends)
            if previous is not None and previous != node:
                pairs.append((previous, node))
            previous = node
        return pairs

    def _link_chain(self, pairs, length_m, source):
        """Links the pairs; a stated length is spread over them by their chords. A pair that is
        linked already keeps its link, with the new length when one is stated."""
        chords = [
            distance_m(self.graph.nodes[a].position, self.graph.nodes[b].position) for a, b in pairs
        ]
        if length_m is not None and length_m < 0.99 * sum(chords):
            raise PatchError(
                f"{length_m / 1000:.1f} km is shorter than the chain, {sum(chords) / 1000:.1f} km"
            )
        factor = 1 if length_m is None else max(1, length_m / sum(chords))
        for (a, b), chord in zip(pairs, chords):
            present = [link for link in self.graph.between(a, b) if link.kind == "way"]
            if present and length_m is None:
                continue
            for link in present[:1]:
                self.graph.remove_link(link.id)
            self.graph.add_link(a, b, max(1, math.ceil(chord * factor)), length_source=source)

    def path(self, origin, destination, mode):
        """The shortest path as published distances mean it: a road between two places of one
        country stays inside it; a railway may not (the Turksib runs through Maymak)."""
        codes = {self.country(self.graph.nodes[n]) for n in (origin, destination)}
        if len(codes) > 1 or mode == "rail":
            return self.graph.shortest_path(origin, destination, mode)
        return self.graph.shortest_path(
            origin, destination, mode, lambda n: self.country(self.graph.nodes[n]) in codes
        )

    def _path(self, patch, places):
        stops = [patch["from"], *patch.get("via", []), patch["to"]]
        nodes = []
        for stop in stops:
            place = self._place(stop, places)
            if "crossing" in place:
                if place["crossing"] not in self.placed:
                    raise PatchError(f"{place['crossing']} is not part of a chain yet")
                sides = self._sides(place["crossing"], patch["mode"])
                here = self.country(self.graph.nodes[nodes[-1]]) if nodes else None
                nodes.append(sides.get(here) or min(sides.values()))
            else:
                nodes.append(self._node(place, patch["mode"], SNAP_KM * 2, create=False))
        path = []
        for origin, destination in zip(nodes, nodes[1:]):
            part = self.path(origin, destination, patch["mode"])
            if part is None:
                raise PatchError(f"no path from {origin} to {destination}")
            path += part
        unique = {link.id: link for link in path}
        return list(unique.values())

    # Operations

    def _via(self, patch, places):
        mode = patch["mode"]
        start, end = (
            self._node(self._place(patch[key], places), mode, SNAP_KM, create=False)
            for key in ("from", "to")
        )
        links = [link for link in self.graph.between(start, end) if link.kind == "way"]
        if not links:
            raise PatchError(f"no link between {start} and {end}")
        for link in links:
            self.graph.remove_link(link.id)
        chain = [{"node": start}, *patch["towns"], {"node": end}]
        pairs = self._chain(chain, mode, places, SNAP_KM, False)
        stated = patch.get("length_km")
        if stated is not None:
            self._link_chain(pairs, stated * 1000, patch["source"])
        else:
            # The replaced link keeps its own length unless the chain is longer.
            chords = sum(
                distance_m(self.graph.nodes[a].position, self.graph.nodes[b].position)
                for a, b in pairs
            )
            own = min(link.length_m for link in links)
            self._link_chain(pairs, max(own, chords), None)

    def _add(self, patch, places):
        mode = patch["mode"]
        points = patch["points"]
        snap_km = patch.get("snap_km", SNAP_KM)
        before = set(self.graph.nodes)
        pairs = self._chain(points, mode, places, snap_km, True)
        if not any(node in before for pair in pairs for node in pair):
            raise PatchError("the chain touches no node of the network")
        stated = patch.get("length_km")
        self._link_chain(
            pairs, None if stated is None else stated * 1000, patch["source"] if stated else None
        )

    def _length(self, patch, places):
        """Scales the links along the shortest path so that the sum is the published length. Links
        that state a published length already keep it."""
        path = self._path(patch, places)
        fixed = sum(link.length_m for link in path if link.length_source)
        free = [link for link in path if not link.length_source and link.kind == "way"]
        rest = patch["length_km"] * 1000 - fixed
        chords = [self.graph.chord_m(link) for link in free]
        found = sum(link.length_m for link in path) / 1000
        if not free or rest < 0.99 * sum(chords):
            raise PatchError(
                f"{patch['length_km']} km does not fit: network {found:.1f} km, "
                f"of which {fixed / 1000:.1f} km published, chords {sum(chords) / 1000:.1f} km"
            )
        # What a link is longer than its chord is scaled, so that no link falls below its chord.
        surplus = [max(0, link.length_m - chord) for link, chord in zip(free, chords)]
        excess = rest - sum(chords)
        own = sum(link.length_m for link in free)
        for link, chord, extra in zip(free, chords, surplus):
            if rest >= own:
                link.length_m = round(link.length_m * rest / own)
            elif sum(surplus) > 0 and excess > 0:
                link.length_m = max(1, round(chord + extra * excess / sum(surplus)))
            else:
                link.length_m = max(1, round(chord))
            link.length_source = patch["source"]
        self.report(
            f"  {patch['id']}: {found:.1f} km -> {patch['length_km']} km over {len(path)} links"
        )

    def _remove(self, patch, places):
        if "link" in patch:
            self.graph.remove_link(patch["link"])
            return
        start, end = (
            self._node(self._place(patch[key], places), patch["mode"], SNAP_KM, create=False)
            for key in ("from", "to")
        )
        links = self.graph.between(start, end)
        if not links:
            raise PatchError(f"no link between {start} and {end}")
        for link in links:
            self.graph.remove_link(link.id)

    def _class(self, patch, places):
        for link in self._path(patch, places):
            if link.kind == "way":
                link.road_class = patch["class"]
