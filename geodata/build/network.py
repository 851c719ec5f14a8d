"""Builds geodata/network.geojson and geodata/crossings.geojson.

Clips the simplified OpenStreetMap roads and railways of scgraph-data, applies the reviewed patches,
places the border crossings, joins road and rail at stations.
"""

import json
import re

import yaml

import arcs
import bends
import patches
import sources
from borders import Countries, nearest_on
from graph import distance_m, load_clipped

CATALOGUE = sources.GEODATA / "build" / "crossings.yaml"
# Pieces shorter than this are left-overs of the simplification (a carriageway cut from its road).
DEBRIS_KM = 50
# Members of a catalogue entry that go into the file, in this order (docs/formats.md).
CROSSING_MEMBERS = (
    "site",
    "name",
    "names",
    "aliases",
    "countries",
    "mode",
    "status",
    "status_source",
    "status_note",
    "history",
    "open_months",
    "gauge_break",
    "dwell_h",
)


def load_settlements():
    path = sources.GEODATA / "settlements.geojson"
    found = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        members = feature["properties"]
        found.append(
            {
                "id": feature["id"],
                "name": members["name"],
                "aliases": [*members.get("names", {}).values(), *members.get("aliases", [])],
                "country": members["country"],
                "population": members.get("population", 0),
                "position": tuple(feature["geometry"]["coordinates"]),
            }
        )
    return found


def load_catalogue():
    content = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    return content["crossings"] if isinstance(content, dict) else content


def drop_debris(graph, report):
    for mode in ("road", "rail"):
        dropped = nodes = length = 0
        for piece in graph.pieces(mode)[1:]:
            links = {i for node in piece for i in graph.at[node]}
            metres = sum(graph.links[i].length_m for i in links)
            if metres < DEBRIS_KM * 1000:
                graph.drop_piece(piece)
                dropped, nodes, length = dropped + 1, nodes + len(piece), length + metres
        report(
            f"{mode}: {dropped} pieces under {DEBRIS_KM} km left out "
            f"({nodes} nodes, {length / 1000:.1f} km)"
        )


def link_feature(graph, link):
    properties = {"from": link.start, "to": link.end, "mode": link.mode}
    if link.kind != "way":
        properties["kind"] = link.kind
    if link.crossing:
        properties["crossing"] = link.crossing
    properties["length_m"] = link.length_m
    if link.length_source:
        properties["length_source"] = link.length_source
    if link.road_class:
        properties["class"] = link.road_class
    return {
        "type": "Feature",
        "id": link.id,
        "properties": properties,
        "geometry": {"type": "LineString", "coordinates": [list(p) for p in graph.positions(link)]},
    }


def node_feature(node):
    return {
        "type": "Feature",
        "id": node.id,
        "properties": {"kind": "node", "name": node.name},
        "geometry": {"type": "Point", "coordinates": list(node.position)},
    }


def natural(identifier):
    """Sorts r9 before r10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", identifier)]


def crossing_feature(entry, position, moved_km, placed):
    properties = {key: entry[key] for key in CROSSING_MEMBERS if key in entry}
    source = entry.get("coordinate_source", "")
    if placed:
        where = f"where the {entry['mode']} meets the border, {moved_km:.1f} km from the post"
    else:
        where = "the border point nearest to the post; not on the network"
    properties["coordinate_source"] = f"{where} ({source})" if source else where
    return {
        "type": "Feature",
        "id": entry["id"],
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": list(position)},
    }


def build(report=print):
    countries = Countries()
    catalogue = load_catalogue()
    settlements = load_settlements()
    graph = load_clipped(report)

    patcher = patches.Patcher(graph, countries, catalogue, report)
    for name, places, entries in patches.load():
        report(f"{name}:")
        patcher.apply(places, entries)
    report("patches applied: " + ", ".join(f"{n} {op}" for op, n in patcher.applied.items()))
    drop_debris(graph, report)

    found = arcs.meetings(graph, patcher, countries)
    arcs.place_crossings(graph, patcher, catalogue, found)
    bends.keep_inside(graph, patcher, countries, report)
    stations = [
        n.id for n in graph.nodes.values() if n.mode == "rail" and n.name and "/" not in n.id
    ]
    transfers = arcs.add_transfers(graph, patcher, settlements, sorted(stations, key=natural))
    report(f"transfers: {transfers}")
    name_nodes(graph, patcher, settlements)

    links = [graph.links[i] for i in sorted(graph.links, key=natural)]
    nodes = [graph.nodes[i] for i in sorted(graph.nodes, key=natural) if graph.nodes[i].name]
    sources.write_features(
        sources.GEODATA / "network.geojson",
        [node_feature(n) for n in nodes] + [link_feature(graph, link) for link in links],
    )
    features = []
    for entry in sorted(catalogue, key=lambda e: natural(e["id"])):
        post = (entry["lon"], entry["lat"])
        placed = entry["id"] in patcher.placed
        if placed:
            position = graph.nodes[f"{entry['id']}/{entry['countries'][0]}"].position
        else:
            position = nearest_on(countries.border(*entry["countries"]), post)
        moved = distance_m(post, position) / 1000
        features.append(crossing_feature(entry, position, moved, placed))
    sources.write_features(sources.GEODATA / "crossings.geojson", features)
    return graph, patcher, countries, catalogue, settlements


def name_nodes(graph, patcher, settlements):
    """Names the node nearest to each settlement within 5 km, the larger settlement first."""
    taken = {}
    for place in sorted(settlements, key=lambda s: (-s["population"], s["id"])):
        for mode in ("road", "rail"):
            node = patcher.nearest(place["position"], mode, patches.SNAP_KM)
            if node and (node not in taken) and graph.nodes[node].name is None:
                graph.nodes[node].name = place["name"]
                taken[node] = place["id"]


if __name__ == "__main__":
    build()
