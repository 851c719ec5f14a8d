"""How time and memory grow with the network, from 10,000 to a million nodes of the road-like one.

Writes a chart where --chart says.
"""

import argparse
import math
from pathlib import Path

import chart
import exchange
from processes import medians, seconds, table

SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000]
STEPS = {
    "order": "order", "build": "build", "customize_one_thread": "customise",
    "one_to_all": "one to all", "route": "route", "query": "impedance"}


def exponent(points):
    """The slope of the line through logarithms: 1 where time grows with the network."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum(
        (x - mean_x) ** 2 for x, _ in logs)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path, help="a folder for temporary files")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--chart", type=Path)
    arguments = parser.parse_args()
    lines = {label: [] for label in STEPS.values()}
    memory = {"with network": [], "hierarchy": []}
    rows = []
    for size in arguments.sizes:
        questions = exchange.Exchange(
            arguments.benchmark, [f"road-like:{size}"], arguments.world / "questions-growth")
        result = questions.ours(
            "hierarchy", "--orders", arguments.runs, "--repeats", arguments.runs)
        held = questions.ours("memory")
        nodes = questions.counts["nodes"]
        row = [f"{nodes:,}", f"{questions.counts['arcs']:,}", f"{result['arcs']:,}", result["height"]]
        for name, label in STEPS.items():
            value = result[name]
            value = (
                value["median_seconds"] if isinstance(value, dict) else medians(value)[0])
            lines[label].append((nodes, value))
            row.append(seconds(value))
        hierarchy = sum(held[part]["allocated"] for part in ("topology", "metric", "queries"))
        memory["hierarchy"].append((nodes, hierarchy))
        memory["with network"].append((nodes, hierarchy + held["network"]["allocated"]))
        rows.append([*row, *(f"{points[-1][1] / 1e6:.1f} MB" for points in memory.values())])

    exponents = [
        f"{exponent(points):.2f}" for points in (*lines.values(), *memory.values())]
    print("### Growth on the road-like network\n")
    print(table(
        ["nodes", "arcs", "arcs of the hierarchy", "height", *lines, *memory],
        [*rows, ["exponent", "", "", "", *exponents]]))
    print(
        f"\nOne thread, one process a size, medians of {arguments.runs} rounds, of 10,000 pairs, of "
        "1,000 routes. Memory as above: network, view and order with the hierarchy, and topology, "
        "metric and queries alone. Exponent: time or memory grows with the nodes to this power.\n")
    if arguments.chart:
        def nodes_name(value):
            return f"{value / 1e6:.0f} M" if value >= 999_500 else f"{value / 1e3:.0f} k"

        def time_name(value):
            unit, size = next(
                (unit, size)
                for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9))
                if value >= size)
            return f"{value / size:.0f} {unit}"

        panels = [
            chart.Chart("Time", lines, "nodes", nodes_name, time_name),
            chart.Chart(
                "Memory", memory, "nodes", nodes_name, lambda value: f"{value / 1e6:g} MB")]
        arguments.chart.write_text(
            chart.page(panels, "Time and memory against the number of nodes"), encoding="utf-8")
        print(f"![Time and memory against the number of nodes]({arguments.chart.name})\n")


if __name__ == "__main__":
    main()
