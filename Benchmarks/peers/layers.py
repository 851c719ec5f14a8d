"""The shipped files as GeoDataFrames."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

# How near a position must lie to a province to touch it, and how far from a country's own border a
# crossing into it is still looked for.
TOUCH_METERS = 1
CROSSING_REACH_METERS = 5000


def network(data):
    """The links of the network, in the order of the file, and its named nodes."""
    features = gpd.read_file(Path(data) / "network.geojson")
    is_line = features.geom_type == "LineString"
    links = features[is_line].reset_index(drop=True)
    links["kind"] = links["kind"].fillna("way")
    return links, features[~is_line].set_index("id")


def provinces(data, vintage="2024"):
    """One Kazakh vintage and the neighbours as one layer."""
    folder = Path(data) / "provinces"
    files = [folder / f"kazakhstan-{vintage}.geojson", folder / "neighbours.geojson"]
    layer = pd.concat([gpd.read_file(file) for file in files], ignore_index=True)
    return layer[["id", "country", "geometry"]]


def around(point, provinces):
    """The provinces that come near a position, each with its distance in metres."""
    near = provinces.iloc[provinces.sindex.query(point.buffer(0.2))]
    local = f"+proj=aeqd +lat_0={point.y} +lon_0={point.x} +ellps=WGS84"
    here = gpd.GeoSeries([point], crs=provinces.crs).to_crs(local).iloc[0]
    return near.assign(meters=near.to_crs(local).distance(here))


def touching(point, provinces):
    """The ids of the provinces at a position, or ABROAD."""
    near = around(point, provinces)
    return near[near["meters"] <= TOUCH_METERS]["id"].tolist() or ["ABROAD"]
