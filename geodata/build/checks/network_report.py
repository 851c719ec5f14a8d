"""What the build prints about the network: counts, pieces, long links, crossings, distances."""

import pathlib

import shapely
import yaml

from borders import CATALOGUED
from graph import distance_m

BUILD = pathlib.Path(__file__).resolve().parents[1]
LONG_KM = 60
# Largest deviation from a published distance.
TOLERATED = 0.05
# A way that leaves its country for less only grazes the border (coordinates have 5 decimals).
DIP_KM = 0.05
# A town counts as reached when a road node stands this near.
REACHED_KM = 10
CENTRE_KM = 5
CENTRES = (
    "Astana",
    "Almaty",
    "Shymkent",
    "Kokshetau",
    "Aktobe",
    "Konaev",
    "Atyrau",
    "Oskemen",
    "Taraz",
    "Taldykorgan",
    "Oral",
    "Karaganda",
    "Kostanay",
    "Kyzylorda",
    "Aktau",
    "Pavlodar",
    "Petropavl",
    "Turkistan",
    "Semey",
    "Zhezkazgan",
    "Bishkek",
    "Osh",
    "Naryn",
    "Talas",
    "Karakol",
    "Batken",
    "Jalal-Abad",
)


class Places:
    """Settlements by the names people type; a name shared by several means the largest."""

    def __init__(self, settlements):
        self.by_name = {}
        for place in sorted(settlements, key=lambda s: (s["population"], s["id"])):
            for name in place["aliases"]:
                self.by_name.setdefault(name, place)
        for place in sorted(settlements, key=lambda s: (s["population"], s["id"])):
            self.by_name[place["name"]] = place
        self.by_id = {place["id"]: place for place in settlements}

    def find(self, name):
        return self.by_id.get(name) or self.by_name.get(name)


def counts(graph, patcher, report):
    for mode in ("road", "rail"):
        links = [link for link in graph.links.values() if link.mode == mode and link.kind == "way"]
        nodes = [n for n in graph.nodes.values() if n.mode == mode]
        report(
            f"{mode}: {len(nodes):,} nodes, {len(links):,} ways, "
            f"{sum(link.length_m for link in links) / 1000:,.0f} km"
        )
        for country in CATALOGUED:
            inside = [n.id for n in nodes if patcher.country(n) == country]
            kept = set(inside)
            half = sum(
                link.length_m * ((link.start in kept) + (link.end in kept)) / 2 for link in links
            )
            report(
                f"  {country}: {len(inside):,} nodes, {half / 1000:,.0f} km "
                "(half of each link for each end)"
            )


def pieces(graph, patcher, report):
    for mode in ("road", "rail"):
        found = graph.pieces(mode)
        report(f"{mode}: {len(found)} pieces of {[len(piece) for piece in found]} nodes")
        for number, piece in enumerate(found):
            countries = {}
            for node in piece:
                code = patcher.country(graph.nodes[node])
                countries[code] = countries.get(code, 0) + 1
            if number == 0 or set(countries) & set(CATALOGUED):
                report(f"  piece {number}: {dict(sorted(countries.items()))}, e.g. {min(piece)}")


def inside_piece(graph, patcher, countries, report):
    """Whether the ways inside KZ and KG alone, with the crossings between them, hang together."""
    kept = {
        n.id for n in graph.nodes.values() if n.mode == "road" and patcher.country(n) in countries
    }
    left, found = set(kept), []
    while left:
        seed = min(left)
        piece, stack = {seed}, [seed]
        left.discard(seed)
        while stack:
            for identifier in graph.at[stack.pop()]:
                link = graph.links[identifier]
                for node in (link.start, link.end):
                    if node in left:
                        left.discard(node)
                        piece.add(node)
                        stack.append(node)
        found.append(piece)
    found.sort(key=len, reverse=True)
    report(
        f"roads inside {'+'.join(countries)} alone: {len(found)} pieces {[len(p) for p in found]}"
    )
    for piece in found[1:]:
        report(f"  {sorted(piece)[:6]} at {graph.nodes[min(piece)].position}")


def long_links(graph, patcher, report):
    found = []
    for link in graph.links.values():
        if link.kind == "way" and graph.chord_m(link) > LONG_KM * 1000:
            ends = [graph.nodes[link.start], graph.nodes[link.end]]
            if {patcher.country(n) for n in ends} & set(CATALOGUED):
                found.append((graph.chord_m(link), link, ends))
    found.sort(key=lambda row: -row[0])
    report(f"chords over {LONG_KM} km left in KZ and KG: {len(found)}")
    for chord, link, ends in found:
        where = " - ".join(f"{node.position} {node.name or ''}".strip() for node in ends)
        report(
            f"  {link.mode} {link.id}: chord {chord / 1000:.0f} km, "
            f"way {link.length_m / 1000:.0f} km, {where}"
        )


def short_links(graph, report):
    """Links shorter than their chord by more than 1 %: the library refuses them."""
    found = [
        link
        for link in graph.links.values()
        if link.kind == "way" and link.length_m < 0.99 * graph.chord_m(link)
    ]
    report(f"ways shorter than their chord by more than 1 %: {len(found)}")
    for link in found:
        report(f"  {link.id}: {link.length_m} m, chord {graph.chord_m(link):.0f} m")


def reach(patcher, settlements, places, report):
    far = []
    for place in settlements:
        if place["country"] in CATALOGUED and place["population"] > 20_000:
            if not patcher.nearest(place["position"], "road", REACHED_KM):
                far.append(f"{place['name']} ({place['country']}, {place['population']:,})")
    report(f"towns over 20,000 with no road node within {REACHED_KM} km: {len(far)} {far}")
    far = [
        name
        for name in CENTRES
        if not patcher.nearest(places.find(name)["position"], "road", CENTRE_KM)
    ]
    report(f"centres with no road node within {CENTRE_KM} km: {len(far)} {far}")


def crossings(graph, patcher, catalogue, report):
    placed = [e for e in catalogue if e["id"] in patcher.placed]
    report(f"crossings placed: {len(placed)} of {len(catalogue)}")
    for entry in catalogue:
        if entry["id"] in patcher.placed:
            node = graph.nodes[f"{entry['id']}/{entry['countries'][0]}"]
            moved = distance_m((entry["lon"], entry["lat"]), node.position) / 1000
            ways = [
                f"{link.other(side)} {link.length_m / 1000:.1f} km"
                for side in (f"{entry['id']}/{country}" for country in entry["countries"])
                for link in (graph.links[i] for i in sorted(graph.at[side]))
                if link.kind == "way"
            ]
            if moved > 5 or len(ways) > 2:
                report(f"  {entry['id']}: moved {moved:.1f} km, ways to {', '.join(ways)}")
        else:
            report(f"  {entry['id']}: not on the network ({entry['mode']}, {entry['status']})")


def uncatalogued(graph, patcher, report):
    found = []
    for link in graph.links.values():
        if link.kind != "way":
            continue
        ends = [graph.nodes[link.start], graph.nodes[link.end]]
        codes = [patcher.country(n) for n in ends]
        if codes[0] != codes[1] and set(codes) & set(CATALOGUED):
            found.append((sorted(codes), link, ends))
    found.sort(key=lambda row: (row[0], row[1].id))
    report(f"ways that cross a border of KZ or KG away from any catalogued crossing: {len(found)}")
    for codes, link, ends in found:
        report(
            f"  {'-'.join(codes)} {link.mode} {link.id} {link.length_m / 1000:.1f} km "
            f"{ends[0].position} - {ends[1].position}"
        )


def dips(graph, patcher, countries, report):
    """Ways that begin and end in one country and run over another, by kilometres abroad."""
    found = []
    for link in graph.links.values():
        ends = [graph.nodes[link.start], graph.nodes[link.end]]
        codes = {patcher.country(n) for n in ends}
        if link.kind != "way" or len(codes) != 1:
            continue
        (own,) = codes
        line = graph.line(link)
        for other, polygon in countries.polygons.items():
            if other == own or not {own, other} & set(CATALOGUED):
                continue
            abroad = shapely.intersection(line, polygon)
            length = sum(
                distance_m(part.coords[0], part.coords[-1])
                for part in shapely.get_parts(abroad)
                if part.geom_type == "LineString" and not part.is_empty
            )
            if length > DIP_KM * 1000:
                found.append((-length, own, other, link, ends))
    found.sort(key=lambda row: row[0])
    report(f"ways of one country that run over {DIP_KM * 1000:.0f} m through another: {len(found)}")
    for length, own, other, link, ends in found:
        report(
            f"  {own} through {other}: {-length / 1000:.1f} of {link.length_m / 1000:.1f} km, "
            f"{link.mode} {link.id} {ends[0].position} - {ends[1].position}"
        )


def distances(graph, patcher, places, report):
    """Network distance against the published one for each row of the distance tables; returns the
    largest deviation."""
    worst = 0
    for name in ("distances.yaml", "distances-rail.yaml"):
        table = yaml.safe_load((BUILD / name).read_text(encoding="utf-8"))
        report(f"{name}: network km, published km, deviation")
        for row in table["distances"]:
            stops = [row["from"], *row.get("via", []), row["to"]]
            nodes = []
            for stop in stops:
                country = patcher.country(graph.nodes[nodes[-1]]) if nodes and nodes[-1] else None
                nodes.append(node_of(patcher, places, table["places"], stop, row["mode"], country))
            metres = 0
            for a, b, names in zip(nodes, nodes[1:], zip(stops, stops[1:])):
                path = patcher.path(a, b, row["mode"]) if a and b else None
                if path is None:
                    report(f"  no {row['mode']} path {' - '.join(names)}")
                    metres = float("inf")
                    break
                metres += sum(link.length_m for link in path)
            deviation = metres / 1000 / row["km"] - 1
            worst = max(worst, abs(deviation))
            report(
                f"  {row['mode']} {' - '.join(stops)}: {metres / 1000:.0f}, {row['km']:.0f}, "
                f"{deviation:+.1%}{'' if abs(deviation) <= TOLERATED else '  <-- too far off'}"
            )
    return worst


def node_of(patcher, places, own, stop, mode, country=None):
    """The node a table means: a node, a crossing, or the node nearest to a place of the table or to
    a settlement. Of a crossing, the side in the given country."""
    if stop in patcher.graph.nodes:
        return stop
    if stop in patcher.placed:
        codes = patcher.catalogue[stop]["countries"]
        return f"{stop}/{country if country in codes else codes[0]}"
    if stop in own:
        position = (own[stop]["lon"], own[stop]["lat"])
    else:
        place = places.find(stop)
        if place is None:
            return None
        position = place["position"]
    return patcher.nearest(position, mode, 5) or patcher.nearest(position, mode, 15)


def print_all(graph, patcher, countries, catalogue, settlements, report=print):
    places = Places(settlements)
    counts(graph, patcher, report)
    pieces(graph, patcher, report)
    inside_piece(graph, patcher, ("KZ",), report)
    inside_piece(graph, patcher, ("KG",), report)
    inside_piece(graph, patcher, CATALOGUED, report)
    long_links(graph, patcher, report)
    short_links(graph, report)
    reach(patcher, settlements, places, report)
    crossings(graph, patcher, catalogue, report)
    uncatalogued(graph, patcher, report)
    dips(graph, patcher, countries, report)
    return distances(graph, patcher, places, report)
