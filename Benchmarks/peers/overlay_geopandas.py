"""Geodesic metres of the whole network by province, in two ways:

`overlay`   geopandas.overlay, as one would write it;
`prepared`  shapely with a tree of prepared provinces, where a line that a province covers is not cut.

Prints the times and the metres by province as JSON. Pieces are not rounded, absorbed or scaled.
"""

import argparse
import json
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

import geodesy
import layers


def by_overlay(links, provinces):
    """The pieces and the province of each."""
    pieces = gpd.overlay(links, provinces, how="intersection", keep_geom_type=True)
    return pieces.geometry.values, pieces["id"].to_numpy()


def by_preparing(links, provinces):
    lines, polygons = links.geometry.values, provinces.geometry.values
    ids = provinces["id"].to_numpy()
    shapely.prepare(polygons)
    line, province = shapely.STRtree(polygons).query(lines, predicate="intersects")
    covered = shapely.covers(polygons[province], lines[line])
    cut = shapely.intersection(lines[line[~covered]], polygons[province[~covered]])
    pieces = np.concatenate([lines[line[covered]], cut])
    ids = np.concatenate([ids[province[covered]], ids[province[~covered]]])
    # What only touches a province leaves points.
    linear = shapely.length(pieces) > 0
    return pieces[linear], ids[linear]


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    value = work()
    return value, {
        "wall_seconds": time.perf_counter() - wall, "cpu_seconds": time.process_time() - cpu}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=["overlay", "prepared"])
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("--runs", type=int, default=1)
    arguments = parser.parse_args()
    cut = {"overlay": by_overlay, "prepared": by_preparing}[arguments.way]
    links = layers.links(arguments.data)[["geometry"]]
    # A crossing has no extent of its own, so that nothing of it can be cut.
    links = links[shapely.length(links.geometry.values) > 0].reset_index(drop=True)
    times, measuring = [], []
    for _ in range(arguments.runs):
        # Read anew each time: shapely keeps what it has prepared.
        provinces = layers.provinces(arguments.data)
        (pieces, ids), taken = timed(lambda: cut(links, provinces))
        meters, taken_to_measure = timed(lambda: geodesy.lengths(pieces))
        times.append(taken)
        measuring.append(taken_to_measure)
    order, index = np.unique(ids, return_inverse=True)
    sums = np.bincount(index, weights=meters)
    whole = geodesy.lengths(links.geometry.values).sum()
    print(json.dumps({
        "links": len(links), "provinces": len(provinces), "cut": times, "measure": measuring,
        "meters": dict(zip(order.tolist(), sums.tolist())), "whole_meters": whole,
    }))


if __name__ == "__main__":
    main()
