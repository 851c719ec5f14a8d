"""Lengths on WGS 84 of lines that are straight in longitude and latitude."""

import numpy as np
import shapely
from pyproj import Geod

WGS84 = Geod(ellps="WGS84")
STEP_METERS = 1000.0


def lengths(lines):
    """Metres of each line (LineString or MultiLineString): the sum of the geodesics between points at
    most 1 km apart on it."""
    parts, part_line = shapely.get_parts(np.asarray(lines), return_index=True)
    points, point_part = shapely.get_coordinates(parts, return_index=True)
    inside = point_part[1:] == point_part[:-1]
    start, end = points[:-1][inside], points[1:][inside]
    line = part_line[point_part[1:][inside]]
    _, _, chord = WGS84.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    # The chord is a lower bound of the way; a step more than it asks for keeps steps below 1 km.
    steps = np.floor(chord / STEP_METERS).astype(int) + 1
    segment = np.repeat(np.arange(len(steps)), steps)
    step = np.arange(len(segment)) - np.repeat(np.cumsum(steps) - steps, steps)

    def at(share):
        return start[segment] + (end[segment] - start[segment]) * share[:, None]

    a = at(step / steps[segment])
    b = at((step + 1) / steps[segment])
    last = step + 1 == steps[segment]
    b[last] = end[segment[last]]
    _, _, meters = WGS84.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    return np.bincount(line[segment], weights=meters, minlength=len(lines))
