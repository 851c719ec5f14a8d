#!/usr/bin/env python3
"""Draws the change of one or more scenarios as SVG on standard output.

usage: draw.py TITLE=CHANGE.geojson…

Each file is what "corridor simulate … --format geojson" writes. Provinces and crossings have the
colours and classes that the file gives them: orange more, purple less. Beside the whole map stands
the Kyrgyz-Kazakh border with the change at each of its crossings that changes.
"""

import json
import math
import sys
from html import escape

# West, south, east and north in degrees: the listed provinces, and the border.
WHOLE = (46.0, 39.0, 87.8, 55.8)
BORDER = (69.8, 40.2, 79.6, 45.6)
WIDTH, DETAIL, GAP, TITLE = 640, 500, 16, 34
# What the file calls the class of what does not change.
NO_CHANGE = "0"
# The least change of use, as a share of the largest, that gets a mark.
LEAST_SHARE = 0.005


class Frame:
    """A window on the map: equidistant at its middle latitude."""

    def __init__(self, bounds, width):
        self.west, self.south, self.east, self.north = bounds
        self.width = width
        self.across = width / (self.east - self.west)
        self.down = self.across / math.cos(math.radians((self.south + self.north) / 2))
        self.height = (self.north - self.south) * self.down

    def point(self, position):
        return (position[0] - self.west) * self.across, (self.north - position[1]) * self.down

    def holds(self, position):
        return (self.west <= position[0] <= self.east
                and self.south <= position[1] <= self.north)

    def step(self, position):
        """A point of a path: to half a unit, and outside of the window, where none is seen, to eight."""
        x, y = self.point(position)
        grid = 2 if self.holds(position) else 0.125
        return f"{round(x * grid) / grid:g} {round(y * grid) / grid:g}"

    def path(self, geometry):
        """Polygons as one path; neighbouring points that are drawn alike are drawn once."""
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        parts = []
        for ring in (ring for polygon in polygons for ring in polygon):
            steps = []
            for step in map(self.step, ring):
                if not steps or steps[-1] != step:
                    steps.append(step)
            if len(steps) > 2:
                parts.append("M" + "L".join(steps) + "Z")
        return "".join(parts)


FRAMES = {"whole": Frame(WHOLE, WIDTH), "border": Frame(BORDER, DETAIL)}


def radius(crossing, largest):
    return 2.5 + 8 * math.sqrt(abs(crossing["properties"]["use_mass_change"]) / largest)


def marks(frame, crossings, largest):
    """Circles, the largest first so that small ones stay seen; a cross on what is closed."""
    parts = []
    for crossing in sorted(crossings, key=lambda one: -radius(one, largest)):
        if not frame.holds(crossing["geometry"]["coordinates"]):
            continue
        x, y = frame.point(crossing["geometry"]["coordinates"])
        properties = crossing["properties"]
        color = properties["marker-color"]
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius(crossing, largest):.1f}" '
            f'fill="{color}" stroke="#222" stroke-width="0.8"/>')
        if properties["is_closed"]:
            parts.append(
                f'<path d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8" stroke="#000" '
                'stroke-width="1.4"/>')
    return "".join(parts)


def labels(frame, crossings):
    """The change at each crossing of the border, with a line to it; from west to east."""
    inside = sorted(
        (crossing for crossing in crossings
         if crossing["properties"]["border"] == "KG-KZ"
         and frame.holds(crossing["geometry"]["coordinates"])),
        key=lambda crossing: crossing["geometry"]["coordinates"])
    parts = []
    for index, crossing in enumerate(inside):
        x, y = frame.point(crossing["geometry"]["coordinates"])
        at = 22 + (index + 0.25) * (frame.width - 120) / max(len(inside), 1)
        change = crossing["properties"]["use_mass_change"]
        change = f"{change:+.1f}".replace("-", "\N{MINUS SIGN}") if change else "0"
        parts.append(
            f'<path d="M{at:.1f} 118L{x:.1f} {y:.1f}" stroke="#444" stroke-width="0.6"/>'
            f'<text transform="translate({at:.1f} 114) rotate(-38)" class="halo">'
            f'{escape(crossing["id"])} {change}</text>')
    return "".join(parts)


def key(features, kind, field, color, x, title):
    """The classes that occur, from most less to most more."""
    classes = {
        f["properties"][field]: f["properties"][color]
        for f in features
        if f["properties"]["kind"] == kind and field in f["properties"]}

    def middle(name):
        if name == NO_CHANGE:
            return 0
        bounds = [float(bound.replace("\N{MINUS SIGN}", "-").replace(",", ""))
                  for bound in name.split(" to ")]
        return sum(bounds)

    parts = [f'<text x="{x}" y="0">{escape(title)}</text>']
    for index, name in enumerate(sorted(classes, key=middle)):
        at = x + index * 104
        parts.append(
            f'<rect x="{at}" y="8" width="14" height="14" fill="{classes[name]}" '
            f'stroke="#666" stroke-width="0.6"/><text x="{at + 19}" y="20">{escape(name)}</text>')
    return "".join(parts)


def shapes(features):
    """The provinces in both windows, once for all scenarios."""
    return "".join(
        f'<path id="{name}-{f["id"]}" fill-rule="evenodd" stroke="#666" stroke-width="0.7" '
        f'd="{frame.path(f["geometry"])}"/>'
        for name, frame in FRAMES.items()
        for f in features if f["properties"]["kind"] == "province")


def row(title, features, top):
    provinces = [f for f in features if f["properties"]["kind"] == "province"]
    crossings = [f for f in features if f["properties"]["kind"] == "crossing"]
    largest = max((abs(c["properties"]["use_mass_change"]) for c in crossings), default=0) or 1
    shown = [
        c for c in crossings
        if c["properties"]["is_closed"] or
        abs(c["properties"]["use_mass_change"]) >= LEAST_SHARE * largest]
    height = max(frame.height for frame in FRAMES.values())
    parts = [f'<g transform="translate(10 {top})"><text y="20" class="title">{escape(title)}</text>']
    for (name, frame), left in zip(FRAMES.items(), (0, WIDTH + GAP)):
        colored = "".join(
            f'<use href="#{name}-{p["id"]}" fill="{p["properties"]["fill"]}"/>'
            for p in provinces)
        names = labels(frame, shown) if name == "border" else ""
        parts.append(
            f'<svg x="{left}" y="{TITLE}" width="{frame.width}" height="{height:.0f}">'
            f'<rect width="100%" height="100%" fill="#eef0f2"/>{colored}'
            f"{marks(frame, shown, largest)}{names}</svg>")
    below = TITLE + height + 20
    parts.append(f'<g transform="translate(0 {below:.0f})">')
    parts.append(key(features, "province", "class_h", "fill", 0, "Provinces: change in mass·hours"))
    parts.append(
        key(shown, "crossing", "class_use", "marker-color", WIDTH + GAP,
            "Crossings: change of use (mass); × closed"))
    parts.append("</g></g>")
    return "".join(parts), top + below + 34


def main(arguments):
    if not arguments or not all("=" in argument for argument in arguments):
        sys.exit("usage: draw.py TITLE=CHANGE.geojson…")
    rows, top = [], 0
    for argument in arguments:
        title, _, file = argument.rpartition("=")
        with open(file, encoding="utf-8") as text:
            features = json.load(text)["features"]
        if not rows:
            rows.append(f"<defs>{shapes(features)}</defs>")
        drawn, top = row(title, features, top)
        rows.append(drawn)
    width = WIDTH + GAP + DETAIL + 20
    note = ("Modelled potential, not observed trafficking. Masses are relative. "
            "Grey: not listed. © OpenStreetMap contributors.")
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top + 24:.0f}" '
        'font-family="sans-serif" font-size="12">\n'
        "<style>.title { font-size: 16px; font-weight: bold } "
        ".halo { stroke: #fff; stroke-width: 3px; paint-order: stroke }</style>\n"
        '<rect width="100%" height="100%" fill="#fff"/>')
    print("\n".join(rows))
    print(f'<text x="10" y="{top + 12:.0f}" fill="#444">{escape(note)}</text>\n</svg>')


if __name__ == "__main__":
    main(sys.argv[1:])
