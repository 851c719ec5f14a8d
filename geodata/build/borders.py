"""Countries and the borders between them, taken from the province files."""

import json
import math

import shapely

import sources

# The catalogue of crossings is complete for the borders of these two.
CATALOGUED = ("KZ", "KG")


class Countries:
    """One polygon a country, dissolved from the provinces of 2024 and the neighbours."""

    def __init__(self):
        parts = {}
        for name in ("kazakhstan-2024", "neighbours"):
            path = sources.GEODATA / "provinces" / f"{name}.geojson"
            for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
                geometry = shapely.geometry.shape(feature["geometry"])
                parts.setdefault(feature["properties"]["country"], []).append(geometry)
        self.polygons = {code: shapely.union_all(parts[code]) for code in sorted(parts)}
        self._codes = list(self.polygons)
        self._tree = shapely.STRtree(list(self.polygons.values()))
        self._borders = {}
        self._at = {}

    def at(self, position):
        """The country at a position, the nearest one for a position in none (at sea)."""
        if position not in self._at:
            point = shapely.Point(position)
            found, *_ = sorted(self._tree.query_nearest(point))
            self._at[position] = self._codes[found]
        return self._at[position]

    def border(self, a, b):
        """The line that two countries share."""
        pair = tuple(sorted((a, b)))
        if pair not in self._borders:
            shared = shapely.intersection(
                self.polygons[pair[0]].boundary, self.polygons[pair[1]].boundary
            )
            self._borders[pair] = shapely.line_merge(
                shapely.union_all([g for g in shapely.get_parts(shared) if g.length > 0])
            )
        return self._borders[pair]

    def catalogued_pairs(self):
        """The pairs of countries whose border the catalogue covers."""
        found = set()
        for a in CATALOGUED:
            for b in self.polygons:
                if a != b and not self.border(a, b).is_empty:
                    found.add(tuple(sorted((a, b))))
        return sorted(found)


def nearest_on(line, position):
    """The point of a line nearest to a position: planar in degrees with longitude shrunk by the
    cosine of the latitude, good to a metre at the distances of a border post."""
    lon, lat = position
    shrink = math.cos(math.radians(lat))
    flat = shapely.transform(line, lambda xy: xy * [shrink, 1])
    point = flat.interpolate(flat.project(shapely.Point(lon * shrink, lat)))
    return (round(point.x / shrink, 5), round(point.y, 5))
