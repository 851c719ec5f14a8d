"""`corridor exposure` written with GeoPandas and NetworkX: the same files, the same definitions.

Routes every named corridor through its waypoints on the permitted part of the network, cuts the links
of each route at the province borders, and prints metres and seconds by corridor and province as JSON.
"""

import argparse
import collections
import json
import math
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely
import yaml

import geodesy
import layers

SNAP_LIMIT_METERS = 30_000
HOME = "KZ"


def priced(links, crossings, profile):
    """Adds seconds in motion, fixed seconds, whole milliseconds in all, and whether a link is closed."""
    speeds = profile["speeds_kmh"]
    by_class = [
        speeds[mode].get(road_class, speeds[mode]["default"])
        for mode, road_class in zip(links["mode"], column(links, "class").fillna("default"))
    ]
    speed = column(links, "speed_kmh").astype(float).fillna(pd.Series(by_class, dtype=float))
    unstated = links["length_m"].isna()
    links.loc[unstated, "length_m"] = geodesy.lengths(links.geometry[unstated])
    links["moving_s"] = links["length_m"] / (speed / 3.6)
    dwell = links["crossing"].map({id: c[profile["dwell"]] for id, c in crossings["dwell_h"].items()})
    transfer = column(links, "fixed_h").astype(float).fillna(profile["transfer_h"])
    hours = dwell.where(links["kind"] == "crossing", 0).fillna(0)
    hours = hours.where(links["kind"] != "transfer", transfer)
    links["fixed_s"] = hours * 3600
    milliseconds = (links["moving_s"] + links["fixed_s"]) * 1000
    links["impedance_ms"] = np.maximum(1, np.floor(milliseconds + 0.5)).astype("int64")
    links["is_closed"] = links["crossing"].map(crossings["status"]) == "closed"


def column(frame, name):
    """A column, or one without values where no feature of the file has the member."""
    return frame[name] if name in frame else pd.Series(None, index=frame.index, dtype=object)


def known(value):
    """A member that is an object, or an empty one where it is absent."""
    return value if isinstance(value, dict) else {}


def graph_of(links, modes):
    """A graph of what is open to some modes. Between modes one changes only where both are permitted."""
    usable = ~links["is_closed"] & links["mode"].isin(modes)
    if len(modes) == 1:
        usable &= links["kind"] != "transfer"
    graph = nx.MultiDiGraph()
    oneway = column(links, "oneway").fillna(False).astype(bool)
    for link in links[usable].assign(oneway=oneway[usable]).itertuples():
        graph.add_edge(link.source, link.target, key=link.Index, weight=link.impedance_ms)
        if not link.oneway:
            graph.add_edge(link.target, link.source, key=link.Index, weight=link.impedance_ms)
    return graph


class Places:
    """Settlements and stations by name, and the nodes of the network that they stand for."""

    def __init__(self, settlements, links, nodes, modes):
        self.by_name = collections.defaultdict(list)
        for settlement in settlements.itertuples():
            point = settlement.geometry
            names = [settlement.name, *known(settlement.names).values()]
            for name in {name.casefold() for name in names if name}:
                self.by_name[name].append((settlement.population, point.x, point.y))
        ways = links[(links["kind"] == "way") & links["mode"].isin(modes)]
        ends = shapely.get_coordinates(ways.geometry)
        count = shapely.get_num_coordinates(ways.geometry.values)
        last = np.cumsum(count) - 1
        self.nodes = np.concatenate([ways["source"], ways["target"]])
        self.points = np.concatenate([ends[last - count + 1], ends[last]])
        self.ids = {*links["source"], *links["target"]}
        usable = nodes[nodes.index.isin(self.nodes)]
        self.stations = usable["name"].dropna().str.casefold()

    def node(self, name):
        """The node with an id, the node nearest to the largest settlement of a name, or the only
        node with a name."""
        if name in self.ids:
            return name
        found = self.by_name.get(name.casefold())
        if not found:
            stations = self.stations.index[self.stations == name.casefold()]
            if len(stations) != 1:
                raise SystemExit(f"unknown place {name}")
            return stations[0]
        _, x, y = max(found)
        lon, lat = self.points.T
        _, _, meters = geodesy.WGS84.inv(
            np.full_like(lon, x), np.full_like(lat, y), lon, lat)
        nearest = meters.argmin()
        if meters[nearest] > SNAP_LIMIT_METERS:
            raise SystemExit(f"{name} lies {meters[nearest]:.0f} m from the network")
        return self.nodes[nearest]


def route(corridor, graph, links, crossings, places):
    """The links of the best way through the waypoints of a corridor; a crossing is passed in the
    direction that makes the whole way shortest."""
    # The best way so far to each exit of the last waypoint: node, milliseconds, links.
    fronts = [(places.node(corridor["from"]), 0, [])]
    for waypoint in [*corridor.get("via", []), corridor["to"]]:
        passages = []
        if waypoint.startswith("crossing:"):
            name = waypoint.removeprefix("crossing:")
            ids = crossings.index[(crossings.index == name) | (crossings["site"] == name)]
            for link in links[links["crossing"].isin(ids)].itertuples():
                if graph.has_edge(link.source, link.target, link.Index):
                    passages.append((link.source, link.target, link.impedance_ms, [link.Index]))
                if graph.has_edge(link.target, link.source, link.Index):
                    passages.append((link.target, link.source, link.impedance_ms, [link.Index]))
        else:
            node = places.node(waypoint)
            passages.append((node, node, 0, []))
        reached = []
        for entry, exit, passing, arc in passages:
            options = []
            for start, cost, way in fronts:
                try:
                    leg_cost, nodes = nx.single_source_dijkstra(graph, start, entry)
                except nx.NetworkXNoPath:
                    continue
                leg = [
                    min(graph[a][b].items(), key=lambda edge: edge[1]["weight"])[0]
                    for a, b in zip(nodes, nodes[1:])
                ]
                options.append((cost + leg_cost + passing, way + leg + arc))
            if options:
                cost, way = min(options, key=lambda option: option[0])
                reached.append((exit, cost, way))
        if not reached:
            raise SystemExit(f"{corridor['id']}: no way to {waypoint}")
        fronts = reached
    return min(fronts, key=lambda front: front[1])[2]


def cells(links, provinces):
    """Metres by link and province: the geodesic shares of the pieces, scaled to the link's length."""
    lines = links[shapely.length(links.geometry.values) > 0]
    pieces = gpd.overlay(
        lines.reset_index(names="link")[["link", "geometry"]], provinces, how="intersection",
        keep_geom_type=True)
    pieces = pieces.explode(ignore_index=True)
    pieces["meters"] = geodesy.lengths(pieces.geometry)
    # What runs along a border is in the pieces of both sides: each has an equal part of it.
    sides = pieces.groupby(["link", pieces.normalize().to_wkb()])["id"].transform("count")
    pieces["meters"] /= sides
    found = pieces.groupby(["link", "id"])["meters"].sum().reset_index()
    whole = pd.Series(geodesy.lengths(lines.geometry), index=lines.index)
    outside = whole - found.groupby("link")["meters"].sum().reindex(whole.index).fillna(0)
    # Below a millimetre the difference is what the arithmetic left over.
    outside = outside[outside > 1e-3].rename("meters").rename_axis("link").reset_index()
    found = pd.concat([found, outside.assign(id="ABROAD")], ignore_index=True)
    total = found.groupby("link")["meters"].transform("sum")
    found["meters"] *= found["link"].map(links["length_m"]) / total
    # A way without extent but with a stated length lies where its point lies.
    points = links[(shapely.length(links.geometry.values) == 0) & (links["length_m"] > 0)]
    rows = [found]
    for link in points.itertuples():
        ids = layers.touching(shapely.get_point(link.geometry, 0), provinces)
        rows.append(
            pd.DataFrame({"link": link.Index, "id": ids, "meters": link.length_m / len(ids)}))
    return pd.concat(rows, ignore_index=True)


def dwelling(links, crossings, provinces):
    """The share of a crossing's hours by province: to the provinces at home, else equally to the two
    countries; within a country equally to the provinces that touch the crossing."""
    rows = []
    for link in links[links["fixed_s"] > 0].itertuples():
        point = shapely.get_point(link.geometry, 0)
        if link.kind == "crossing":
            near = layers.around(point, provinces)
            sides = []
            for country in crossings.loc[link.crossing, "countries"]:
                own = near[near["country"] == country]
                for reach in (layers.TOUCH_METERS, layers.CROSSING_REACH_METERS):
                    side = own[own["meters"] <= reach]["id"].tolist()
                    if side:
                        sides.append((country, side))
                        break
            inland = [side for side in sides if side[0] == HOME]
            sides = inland or sides
            for _, side in sides:
                rows += [(link.Index, id, 1 / len(sides) / len(side)) for id in side]
        else:
            ids = layers.touching(point, provinces)
            home = provinces[provinces["id"].isin(ids) & (provinces["country"] == HOME)]
            ids = home["id"].tolist() or ids
            rows += [(link.Index, id, 1 / len(ids)) for id in ids]
    return pd.DataFrame(rows, columns=["link", "id", "share"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    data = parser.parse_args().data

    links, nodes = layers.network(data)
    links = links.rename(columns={"from": "source", "to": "target"})
    provinces = layers.provinces(data)
    crossings = gpd.read_file(data / "crossings.geojson").set_index("id")
    settlements = gpd.read_file(data / "settlements.geojson")
    corridors = yaml.safe_load((data / "corridors.yaml").read_text())["corridors"]
    profile = yaml.safe_load((data / "profiles/time.yaml").read_text())
    priced(links, crossings, profile)

    ways, prepared = {}, {}
    for corridor in corridors:
        modes = corridor["mode"] if isinstance(corridor["mode"], list) else [corridor["mode"]]
        key = tuple(modes)
        if key not in prepared:
            prepared[key] = (graph_of(links, modes), Places(settlements, links, nodes, modes))
        graph, places = prepared[key]
        ways[corridor["id"]] = route(corridor, graph, links, crossings, places)

    used = links.loc[sorted({link for way in ways.values() for link in way})]
    found = cells(used, provinces)
    dwell = dwelling(used, crossings, provinces)
    countries = dict(zip(provinces["id"], provinces["country"]))

    def unit(id):
        country = countries.get(id)
        return id if country == HOME else f"ABROAD:{country}" if country else "ABROAD"

    found["unit"] = found["id"].map(unit)
    length = found["link"].map(used["length_m"])
    found["seconds"] = found["link"].map(used["moving_s"]) * found["meters"] / length
    dwell["unit"] = dwell["id"].map(unit)
    dwell["seconds"] = dwell["link"].map(used["fixed_s"]) * dwell["share"]
    rows = pd.concat([found, dwell.assign(meters=0.0)])[["link", "unit", "meters", "seconds"]]

    result = []
    for id, way in ways.items():
        uses = pd.Series(collections.Counter(way), name="uses")
        on_way = rows.merge(uses, left_on="link", right_index=True)
        on_way[["meters", "seconds"]] = on_way[["meters", "seconds"]].mul(on_way["uses"], axis=0)
        sums = on_way.groupby("unit")[["meters", "seconds"]].sum()
        total = used.loc[way]
        result.append({
            "id": id, "length_m": math.fsum(total["length_m"]),
            "travel_time_s": math.fsum(total["moving_s"] + total["fixed_s"]),
            "units": {
                unit: {"length_m": row.meters, "travel_time_s": row.seconds}
                for unit, row in sums.iterrows()
            },
        })
    print(json.dumps({"corridors": result}, indent=1))


if __name__ == "__main__":
    main()
