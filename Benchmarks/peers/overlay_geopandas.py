"""Metres of the whole network by province, in two ways:

`overlay`   geopandas.overlay, as one would write it;
`prepared`  shapely with a tree of prepared provinces, where a line that a province covers is not cut.

Prints the times and the metres by province, geodesic and scaled link by link to stated lengths, as
JSON. No piece is rounded or absorbed.
"""

import argparse
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

import geodesy
import layers
from processes import timed


def by_overlay(links, provinces):
    """The pieces, and the link and the province of each."""
    pieces = gpd.overlay(links, provinces, how="intersection", keep_geom_type=True)
    return pieces.geometry.values, pieces["link"].to_numpy(), pieces["id"].to_numpy()


def by_preparing(links, provinces):
    lines, polygons = links.geometry.values, provinces.geometry.values
    ids = provinces["id"].to_numpy()
    shapely.prepare(polygons)
    line, province = shapely.STRtree(polygons).query(lines, predicate="intersects")
    covered = shapely.covers(polygons[province], lines[line])
    cut = shapely.intersection(lines[line[~covered]], polygons[province[~covered]])
    pieces = np.concatenate([lines[line[covered]], cut])
    link = np.concatenate([line[covered], line[~covered]])
    ids = np.concatenate([ids[province[covered]], ids[province[~covered]]])
    # What only touches a province leaves points.
    linear = shapely.length(pieces) > 0
    return pieces[linear], link[linear], ids[linear]


def by_province(link, ids, meters, whole):
    """The sums of the pieces by province, and what is left of each link as abroad."""
    order, index = np.unique(ids, return_inverse=True)
    sums = dict(zip(order.tolist(), np.bincount(index, weights=meters).tolist()))
    left = whole - np.bincount(link, weights=meters, minlength=len(whole))
    # Below a millimetre the difference is what the arithmetic left over.
    sums["ABROAD"] = left[np.abs(left) > 1e-3].sum()
    return sums


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=["overlay", "prepared"])
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    arguments = parser.parse_args()
    cut = {"overlay": by_overlay, "prepared": by_preparing}[arguments.way]
    links = layers.network(arguments.data)[0][["length_m", "geometry"]]
    # Most crossings have no extent, so that there is nothing to cut.
    has_extent = shapely.length(links.geometry.values) > 0
    points = links[~has_extent & (links["length_m"] > 0)]
    links = links[has_extent].reset_index(drop=True).reset_index(names="link")
    provinces = layers.provinces(arguments.data)

    (pieces, link, ids), cutting = timed(lambda: cut(links, provinces))
    meters, measuring = timed(lambda: geodesy.lengths(pieces))

    whole = geodesy.lengths(links.geometry.values)
    scale = links["length_m"].to_numpy() / whole
    scale[np.isnan(scale)] = 1
    stated = by_province(link, ids, meters * scale[link], whole * scale)
    # A way without extent but with a stated length lies where its point lies.
    for point in points.itertuples():
        touching = layers.touching(shapely.get_point(point.geometry, 0), provinces)
        for id in touching:
            stated[id] = stated.get(id, 0.0) + point.length_m / len(touching)
    print(json.dumps({
        "links": len(links), "provinces": len(provinces), "cut": cutting, "measure": measuring,
        "meters": by_province(link, ids, meters, whole),
        "stated_meters": stated,
    }))


if __name__ == "__main__":
    main()
