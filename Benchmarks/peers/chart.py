"""Line charts on two logarithmic axes as SVG."""

import math
from html import escape

# Okabe and Ito's colours, told apart by colour-blind readers; yellow left out on white.
COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#000000"]
WIDTH, HEIGHT = 460, 380
LEFT, RIGHT, TOP, BOTTOM = 62, 118, 34, 42
# Between the labels of two lines.
LABEL_HEIGHT = 15


class Chart:
    """One panel: lines by name, each a list of (x, y) above 0."""

    def __init__(self, title, lines, x_label, name_x, name_y):
        self.title, self.lines, self.x_label = title, lines, x_label
        self.name_x, self.name_y = name_x, name_y
        xs, ys = zip(*(point for points in lines.values() for point in points))
        self.x_range = (min(xs), max(xs))
        self.y_range = tuple(
            10.0 ** side for side in (math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))))

    def x(self, value):
        return LEFT + share(value, self.x_range) * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - share(value, self.y_range) * (HEIGHT - TOP - BOTTOM)

    def svg(self, offset):
        parts = [f'<g transform="translate({offset} 0)">', text(LEFT, 18, self.title, weight="bold")]
        right = WIDTH - RIGHT
        low, high = (round(math.log10(side)) for side in self.y_range)
        for decade in range(low, high + 1):
            y = self.y(10.0**decade)
            parts.append(line(LEFT, y, right, y))
            parts.append(text(LEFT - 6, y + 4, self.name_y(10.0**decade), anchor="end"))
        for value in sorted({x for points in self.lines.values() for x, _ in points}):
            x = self.x(value)
            parts.append(line(x, TOP, x, HEIGHT - BOTTOM))
            parts.append(text(x, HEIGHT - BOTTOM + 16, self.name_x(value), anchor="middle"))
        parts.append(text((LEFT + right) / 2, HEIGHT - 8, self.x_label, anchor="middle"))
        ends = self.label_heights()
        for (name, points), color in zip(self.lines.items(), COLORS):
            path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
            parts.append(
                f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
            parts += [
                f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="2.6" fill="{color}"/>'
                for x, y in points]
            parts.append(text(right + 7, ends[name] + 4, name))
        return "\n".join([*parts, "</g>"])

    def label_heights(self):
        """Where each line's name stands: at its end, but apart from the others, the lowest first."""
        heights, above = {}, math.inf
        for name, points in sorted(self.lines.items(), key=lambda item: item[1][-1][1]):
            above = min(self.y(points[-1][1]), above - LABEL_HEIGHT)
            heights[name] = above
        return heights


def share(value, ends):
    low, high = (math.log10(end) for end in ends)
    return (math.log10(value) - low) / (high - low)


def line(x1, y1, x2, y2):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>')


def text(x, y, content, anchor="start", weight="normal"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#222222" '
        f'font-weight="{weight}">{escape(content)}</text>')


def page(charts, description):
    """The charts side by side on white."""
    width = WIDTH * len(charts)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" '
        f'height="{HEIGHT}" font-family="Helvetica, Arial, sans-serif" font-size="12" role="img">',
        f"<title>{escape(description)}</title>",
        f'<rect width="{width}" height="{HEIGHT}" fill="white"/>',
        *(chart.svg(WIDTH * index) for index, chart in enumerate(charts)), "</svg>", ""])
