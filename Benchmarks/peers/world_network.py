"""The world's highways and railways as network files, and one-to-all searches on them with scipy and
igraph.

`dump FOLDER` writes the highways of scgraph-data (PyPI; © OpenStreetMap contributors, ODbL) as GeoJSON
after docs/formats.md and as plain arrays, the railways as arrays only; `scipy FILE` and `igraph FILE`
each search in a process of their own, so that its peak memory is theirs alone.
"""

import argparse
import importlib.util
import json
import random
import re
import sys
from pathlib import Path

import numpy as np

from processes import run, timed

SEED = 20240601


def source(name):
    """Adjacency (kilometres) and positions (latitude, longitude), read as text: the module imports an
    interface that the pinned scgraph no longer has."""
    package = importlib.util.find_spec("scgraph_data")
    text = (Path(package.submodule_search_locations[0]) / f"{name}.py").read_text()
    tables = dict(re.findall(r"^(graph|nodes) ?= ?(.*)$", text, re.MULTILINE))
    adjacency = json.loads(re.sub(r"(\d+): ", r'"\1":', tables["graph"]))
    return adjacency, np.array(json.loads(tables["nodes"]))[:, ::-1]


def links(name):
    """Positions (longitude, latitude), both ends and metres of each link, which leads both ways."""
    from geodesy import WGS84

    adjacency, positions = source(name)
    rows = [(a, int(b), km) for a, row in enumerate(adjacency) for b, km in row.items()]
    tail, head, km = (np.array(values) for values in zip(*rows))
    back = {(a, b): km for a, b, km in rows}
    assert all(back.get((b, a)) == km for a, b, km in rows), "the source is not symmetric"
    once = tail < head
    tail, head, km = tail[once], head[once], km[once]
    chord = WGS84.inv(*positions[tail].T, *positions[head].T)[2]
    # Rounding made some very short links shorter than the chord, which the format refuses.
    meters = np.maximum(np.round(km * 1000), np.ceil(chord * 1000) / 1000)
    meters = np.where(km * 1000 < chord * 0.99, meters, np.round(km * 1000))
    return positions, tail, head, np.maximum(meters, 1)


def write_arrays(path, positions, tail, head, meters):
    with open(path, "wb") as file:
        np.array([len(positions), len(tail)], "<u8").tofile(file)
        positions.astype("<f8").tofile(file)
        np.column_stack([tail, head]).astype("<u4").tofile(file)
        meters.astype("<f8").tofile(file)


def dump(folder):
    """Writes world.bin, world.geojson, an empty catalogue of crossings, and railways.bin."""
    folder.mkdir(parents=True, exist_ok=True)
    write_arrays(folder / "railways.bin", *links("world_railways"))
    positions, tail, head, meters = links("world_highways")
    write_arrays(folder / "world.bin", positions, tail, head, meters)
    ends = positions.tolist()
    with open(folder / "world.geojson", "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for number, (a, b, length) in enumerate(
            zip(tail.tolist(), head.tolist(), meters.tolist())
        ):
            feature = {
                "type": "Feature", "id": str(number),
                "properties": {
                    "from": str(a), "to": str(b), "mode": "road", "length_m": round(length, 3)},
                "geometry": {"type": "LineString", "coordinates": [ends[a], ends[b]]},
            }
            file.write(",\n" if number else "")
            json.dump(feature, file, separators=(",", ":"))
        file.write("\n]}\n")
    (folder / "crossings.geojson").write_text('{"type":"FeatureCollection","features":[]}\n')


def ensure(folder):
    """Writes what is not there yet, in a process of its own, which takes a gigabyte."""
    if not all((folder / name).exists() for name in ("crossings.geojson", "railways.bin")):
        run([sys.executable, __file__, "dump", folder])


def arrays(path):
    """The number of nodes, and both ends and whole millimetres of each link."""
    if path.suffix == ".geojson":
        import geopandas

        frame = geopandas.read_file(path)
        ends = frame[["from", "to"]].astype("int32").to_numpy()
        return int(ends.max()) + 1, ends, np.floor(frame["length_m"].to_numpy() * 1000 + 0.5)
    with open(path, "rb") as file:
        nodes, links = np.fromfile(file, "<u8", 2).tolist()
        file.seek(16 * nodes, 1)
        ends = np.fromfile(file, "<u4", 2 * links).reshape(-1, 2).astype(np.int32)
        meters = np.fromfile(file, "<f8", links)
    return nodes, ends, np.floor(meters * 1000 + 0.5)


def origins(path, count):
    """Seeded nodes of the largest piece."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    nodes, ends, weight = arrays(path)
    _, piece = connected_components(coo_array((weight, ends.T), shape=(nodes, nodes)))
    largest = np.flatnonzero(piece == np.bincount(piece).argmax())
    return random.Random(SEED).sample(largest.tolist(), count)


def by_scipy(path):
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    nodes, ends, weight = arrays(path)
    both = np.concatenate([ends, ends[:, ::-1]])
    matrix = coo_array((np.tile(weight, 2), both.T), shape=(nodes, nodes)).tocsr()
    return nodes, len(ends), lambda origin: dijkstra(matrix, indices=origin)


def by_igraph(path):
    import igraph

    nodes, ends, weight = arrays(path)
    graph = igraph.Graph(n=nodes, edges=ends)
    graph.es["weight"] = weight
    return nodes, len(ends), lambda origin: graph.distances(
        source=origin, weights="weight", algorithm="dijkstra")[0]


def search(load, path, starts):
    (nodes, links, distances), loading = timed(lambda: load(path))
    result = {
        "nodes": nodes, "links": links, "load": loading, "searches": [], "reached": [],
        "sum_millimeters": []}
    for origin in starts:
        found, taken = timed(lambda: distances(origin))
        found = np.asarray(found)
        found = found[np.isfinite(found)].astype(np.int64)
        result["searches"].append(taken)
        result["reached"].append(len(found))
        result["sum_millimeters"].append(int(found.sum()))
    print(json.dumps(result))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["dump", "scipy", "igraph"])
    parser.add_argument(
        "path", type=Path, help="a folder to write to, or world.bin or world.geojson in it")
    parser.add_argument("--origin", type=int, action="append", default=[])
    arguments = parser.parse_args()
    if arguments.action == "dump":
        dump(arguments.path)
    else:
        load = {"scipy": by_scipy, "igraph": by_igraph}[arguments.action]
        search(load, arguments.path, arguments.origin)


if __name__ == "__main__":
    main()
