"""Keeps a way that begins and ends in one country inside it.

A chord between two towns may cut across a bend of the border that the real road goes round. Such a
way would give kilometres to a country that nobody on it enters. It is bent: the shortest line
inside the country, a little off the border.
"""

import heapq
import math

import shapely

from graph import distance_m

# About 60 m: what a bent way keeps from the border.
OFF_DEGREES = 0.0006
# How far around the chord the line may be led, tried in this order.
AROUND_DEGREES = (0.05, 0.2, 0.5)
# A position this little beyond the border is on it: coordinates are rounded to 1e-5 degrees.
TOLERANCE_DEGREES = 1e-5


def keep_inside(graph, patcher, countries, report):
    """Bends every way that dips over a border of a catalogued country; lists what cannot be."""
    roomy = {
        code: polygon.buffer(TOLERANCE_DEGREES) for code, polygon in countries.polygons.items()
    }
    ways = [link for link in graph.links.values() if link.kind == "way"]
    tree = shapely.STRtree([graph.line(link) for link in ways])
    near = set()
    for pair in countries.catalogued_pairs():
        near.update(tree.query(countries.border(*pair), predicate="intersects").tolist())
    bent, failed, added = 0, [], 0.0
    for index in sorted(near):
        link = ways[index]
        codes = {patcher.country(graph.nodes[n]) for n in (link.start, link.end)}
        if len(codes) != 1:
            continue
        (code,) = codes
        line = graph.line(link)
        if shapely.covers(roomy[code], line):
            continue
        path = _inside(countries.polygons[code], roomy[code], line)
        if path is None:
            failed.append(link.id)
            continue
        link.bends = tuple(path[1:-1])
        along = sum(distance_m(a, b) for a, b in zip(path, path[1:]))
        added += max(0, along - link.length_m) / 1000
        link.length_m = max(link.length_m, math.ceil(along))
        bent += 1
    report(
        f"ways bent to stay in their country: {bent} ({added:.1f} km longer); "
        f"not possible for {len(failed)} {failed}"
    )


def _inside(polygon, roomy, line):
    """The shortest line inside a polygon between the ends of a line, rounded; None if none is near.

    A* over the visibility graph of the corners of the polygon's inner offset.
    """
    start, end = line.coords[0], line.coords[-1]
    west, south, east, north = line.bounds
    for around in AROUND_DEGREES:
        frame = shapely.box(west - around, south - around, east + around, north + around)
        window = shapely.intersection(polygon, frame)
        inner = window.buffer(-OFF_DEGREES, join_style="mitre").simplify(OFF_DEGREES / 3)
        corners = sorted({(round(x, 5), round(y, 5)) for x, y in shapely.get_coordinates(inner)})
        roomy_window = shapely.intersection(roomy, frame)
        shapely.prepare(roomy_window)
        path = _search(roomy_window, [start, end, *corners])
        if path:
            return path
    return None


def _search(polygon, points):
    """The shortest path from the first point to the second along segments inside the polygon."""
    shrink = math.cos(math.radians(points[0][1]))

    def length(a, b):
        return math.hypot((a[0] - b[0]) * shrink, a[1] - b[1])

    goal = points[1]
    best, before, queue, done = {0: 0.0}, {}, [(length(points[0], goal), 0)], set()
    while queue:
        _, here = heapq.heappop(queue)
        if here in done:
            continue
        done.add(here)
        if here == 1:
            path = [1]
            while path[-1]:
                path.append(before[path[-1]])
            return [points[i] for i in reversed(path)]
        others = [i for i in range(1, len(points)) if i not in done]
        lines = shapely.linestrings([[points[here], points[i]] for i in others])
        for i, seen in zip(others, shapely.covers(polygon, lines)):
            cost = best[here] + length(points[here], points[i])
            if seen and cost < best.get(i, math.inf):
                best[i], before[i] = cost, here
                heapq.heappush(queue, (cost + length(points[i], goal), i))
    return None
