"""Crossing arcs where ways meet a border, and transfers between road and rail."""

import dataclasses
import math

import shapely

from graph import distance_m

# A crossing takes the way that meets the border nearest to its post, within this distance (an
# entry of the catalogue may state its own as `within_km`) …
WITHIN_KM = 15
# … and every other way that meets the border this close to it: the second carriageway, the old
# road.
BUNDLE_KM = 5
TRANSFER_KM = 10
TRANSFER_POPULATION = 10_000


@dataclasses.dataclass
class Meeting:
    """A way that meets a border between two countries."""

    link: str
    pair: tuple
    points: list
    # False: both ends lie on the same side, the chord only dips over the border.
    crosses: bool


def meetings(graph, patcher, countries):
    """Every way that meets a border of a catalogued country."""
    ways = [link for link in graph.links.values() if link.kind == "way"]
    tree = shapely.STRtree([graph.line(link) for link in ways])
    found = []
    for pair in countries.catalogued_pairs():
        border = countries.border(*pair)
        shapely.prepare(border)
        for index in sorted(tree.query(border, predicate="intersects")):
            link = ways[index]
            sides = [patcher.country(graph.nodes[n]) for n in (link.start, link.end)]
            if any("/" in n for n in (link.start, link.end)):
                continue
            shared = shapely.intersection(graph.line(link), border)
            points = [
                (round(x, 5), round(y, 5))
                for part in shapely.get_parts(shared)
                for x, y in [part.representative_point().coords[0]]
            ]
            found.append(Meeting(link.id, pair, points, sorted(sides) == list(pair)))
    return found


def place_crossings(graph, patcher, catalogue, found):
    """Puts each catalogued crossing on the way that meets the border nearest to its post, and leads
    every way that crosses near it through its arc."""
    offers = {}
    entries = [e for e in catalogue if e["mode"] in ("road", "rail")]
    crossing = [m for m in found if m.crosses]
    for entry in entries:
        if entry["id"] in patcher.placed:
            continue
        pair = tuple(sorted(entry["countries"]))
        within = entry.get("within_km", WITHIN_KM) * 1000
        for meeting in crossing:
            if meeting.pair != pair or graph.links[meeting.link].mode != entry["mode"]:
                continue
            distance, point = min(
                (distance_m(p, (entry["lon"], entry["lat"])), p) for p in meeting.points
            )
            if distance <= within:
                offers.setdefault(entry["id"], []).append((distance, meeting.link, point))
    # The closest pair of post and way first; a way serves one crossing.
    by_id = {entry["id"]: entry for entry in entries}
    taken = set()
    queue = sorted(
        (d, crossing_id, link, p) for crossing_id, o in offers.items() for d, link, p in o
    )
    for _, crossing_id, link, point in queue:
        if crossing_id in patcher.placed or link in taken:
            continue
        patcher.place_crossing(by_id[crossing_id], point)
        taken.add(link)
    for meeting in crossing:
        mode = graph.links[meeting.link].mode
        sides = [
            (distance_m(point, graph.nodes[f"{e['id']}/{e['countries'][0]}"].position), e["id"])
            for e in entries
            if e["id"] in patcher.placed
            and e["mode"] == mode
            and tuple(sorted(e["countries"])) == meeting.pair
            for point in meeting.points
        ]
        distance, crossing_id = min(sides, default=(float("inf"), None))
        if distance <= BUNDLE_KM * 1000:
            _lead_through(graph, patcher, meeting.link, crossing_id)


def _lead_through(graph, patcher, identifier, crossing_id):
    """Replaces a way by two ways that meet at a crossing's arc; the sum of lengths stays, unless
    the detour over the arc is longer."""
    link = graph.remove_link(identifier)
    ends = (link.start, link.end)
    sides = [f"{crossing_id}/{patcher.country(graph.nodes[n])}" for n in ends]
    chords = [
        distance_m(graph.nodes[a].position, graph.nodes[b].position) for a, b in zip(ends, sides)
    ]
    total = max(link.length_m, sum(chords))
    first = round(total * chords[0] / sum(chords))
    for a, b, length, chord in (
        (ends[0], sides[0], first, chords[0]),
        (sides[1], ends[1], round(total) - first, chords[1]),
    ):
        length = max(1, length, math.ceil(chord))
        if any(
            other.kind == "way" and abs(other.length_m - length) <= max(100, 0.01 * length)
            for other in graph.between(a, b)
        ):
            continue  # The second carriageway or track, now the same as the first.
        graph.add_link(
            a,
            b,
            length,
            length_source=link.length_source,
            road_class=link.road_class,
        )


def add_transfers(graph, patcher, settlements, stations):
    """A transfer between the road node and the rail node nearest to each settlement with more than
    10,000 people, and at each named station; both within 10 km and in the same country."""
    places = [
        (s["name"], s["position"]) for s in settlements if s["population"] > TRANSFER_POPULATION
    ]
    places += [(graph.nodes[n].name, graph.nodes[n].position) for n in stations]
    joined = set()
    for name, position in places:
        rail = patcher.nearest(position, "rail", TRANSFER_KM)
        road = patcher.nearest(position, "road", TRANSFER_KM)
        if not rail or not road or (road, rail) in joined:
            continue
        a, b = graph.nodes[road], graph.nodes[rail]
        length = round(distance_m(a.position, b.position))
        if length > TRANSFER_KM * 1000:
            continue
        joined.add((road, rail))
        graph.add_link(road, rail, length, kind="transfer", mode="rail")
        b.name = b.name or name
    return len(joined)
