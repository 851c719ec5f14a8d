"""The shipped files as GeoDataFrames."""

from pathlib import Path

import geopandas as gpd
import pandas as pd


def links(data):
    """The links of the network, in the order of the file."""
    network = gpd.read_file(Path(data) / "network.geojson")
    lines = network[network.geom_type == "LineString"].reset_index(drop=True)
    lines["kind"] = lines["kind"].fillna("way")
    return lines


def provinces(data, vintage="2024"):
    """One Kazakh vintage and the neighbours as one layer."""
    folder = Path(data) / "provinces"
    files = [folder / f"kazakhstan-{vintage}.geojson", folder / "neighbours.geojson"]
    layer = pd.concat([gpd.read_file(file) for file in files], ignore_index=True)
    return layer[["id", "country", "geometry"]]
