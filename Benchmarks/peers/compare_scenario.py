"""A what-if on the shipped network: every border crossing closed in turn under 400 trips.

Fails when an answer differs from that of sending every trip by Dijkstra.
"""

import argparse
import statistics
from pathlib import Path

from processes import medians, run, seconds, table, times


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    # It compares with Dijkstra's itself, and fails where they differ.
    runs = [
        run([arguments.benchmark, "scenario", arguments.data]).json()
        for _ in range(arguments.runs)]
    first = runs[0]

    def median(step, value="median_seconds"):
        return statistics.median(found[step][value] for found in runs)

    rerouted = sorted(first["rerouted"])
    print("### A scenario on the shipped network\n")
    slow = median("without_hierarchy")

    def row(label, step, worst=""):
        return [
            label, seconds(median(step)), seconds(median(step, "ninetieth_seconds")), worst,
            times(slow, median(step))]

    worst = seconds(statistics.median(found["worst_seconds"] for found in runs))
    touching = sum(count > 0 for count in rerouted)
    print(table(
        ["close a crossing, tell the exposure of every province", "median", "nine of ten", "longest",
         "times faster"],
        [
            row("every crossing", "scenario", worst),
            row(f"the {touching} crossings that trips use", "touching", worst),
            row("all trips sent again on the hierarchy", "all_trips"),
            row("all trips sent again by Dijkstra", "without_hierarchy"),
        ]))
    print(
        f"\n{first['trips']} trips between the largest settlements abroad and those of Kazakhstan, "
        f"{first['crossings']} crossings closed one by one. A closure touches "
        f"at most {rerouted[-1]} trips, which are sent anew. The answer is that of "
        "sending all of them by Dijkstra, bit by bit: exposure, displacement, what is cut off; "
        f"{first['kilometers']:,.0f} km over all provinces and scenarios. Before the first question: reading and overlaying "
        f"{seconds(medians(found['load'] for found in runs)[0])}, hierarchy and trips without a "
        f"scenario {seconds(medians(found['preparation'] for found in runs)[0])}. One thread; medians "
        f"of {arguments.runs} processes.\n")


if __name__ == "__main__":
    main()
